SELECT id
FROM stepsync_dead_letter
WHERE stream = :?stream AND kind = 'fetch'
ORDER BY id
