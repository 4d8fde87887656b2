DELETE FROM stepsync_missing
WHERE stream = :?stream AND id BETWEEN :?settled_first AND :?settled_last
