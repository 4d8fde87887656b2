DELETE FROM stepsync_run
WHERE run = :?run
