SELECT paused_at
FROM stepsync_pause
WHERE stream = :?stream
