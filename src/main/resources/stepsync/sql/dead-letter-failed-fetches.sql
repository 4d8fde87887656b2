SELECT id
FROM stepsync_dead_letter
WHERE stream = :?stream AND id BETWEEN :?lane_first AND :?lane_last AND kind = 'fetch'
ORDER BY id
