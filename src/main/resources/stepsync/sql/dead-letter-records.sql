SELECT id, payload
FROM stepsync_dead_letter
WHERE stream = :?stream AND id > :?gone_over AND id <= :?lane_last AND kind = 'record'
  AND LOWER(reason) LIKE :?reason_like ESCAPE '!'
ORDER BY stream, id, kind
LIMIT 1000
