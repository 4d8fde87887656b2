DELETE FROM stepsync_state
WHERE stream = :?stream
