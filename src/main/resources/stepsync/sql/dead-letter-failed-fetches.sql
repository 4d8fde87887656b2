SELECT id
FROM stepsync_dead_letter
WHERE stream = :?stream AND kind = 'fetch' AND id < :?current_id
ORDER BY id
