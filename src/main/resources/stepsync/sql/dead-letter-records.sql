SELECT id, payload
FROM stepsync_dead_letter
WHERE stream = :?stream AND kind = 'record'
ORDER BY id
