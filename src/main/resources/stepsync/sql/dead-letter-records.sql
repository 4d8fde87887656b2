SELECT id, payload
FROM stepsync_dead_letter
WHERE stream = :?stream AND id BETWEEN :?lane_first AND :?lane_last AND kind = 'record'
  AND id > :?gone_over
  AND LOWER(reason) LIKE :?reason_like ESCAPE '!'
ORDER BY id
