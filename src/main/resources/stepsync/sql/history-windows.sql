DELETE FROM stepsync_window
WHERE run = :?run
