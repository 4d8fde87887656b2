SELECT id, row_key
FROM stepsync_missing
WHERE stream = :?stream AND id BETWEEN :?lane_first AND :?lane_last AND id > :?missing_after
ORDER BY id, row_key
