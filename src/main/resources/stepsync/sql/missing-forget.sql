DELETE FROM stepsync_missing
WHERE stream = :?stream AND id BETWEEN :?lane_first AND :?lane_last
