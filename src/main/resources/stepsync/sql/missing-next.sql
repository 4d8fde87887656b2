SELECT id, row_key
FROM stepsync_missing
WHERE stream = :?stream AND id > :?missing_after AND id <= :?lane_last
ORDER BY stream, id
LIMIT 1000
