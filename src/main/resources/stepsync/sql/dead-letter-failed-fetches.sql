SELECT id
FROM stepsync_dead_letter
WHERE stream = :?stream AND id BETWEEN :?lane_first AND :?lane_last AND kind = 'fetch'
  AND LOWER(reason) LIKE :?reason_like ESCAPE '!'
ORDER BY id
