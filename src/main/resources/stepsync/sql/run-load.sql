SELECT windows
FROM stepsync_run
WHERE run = :?run
FOR UPDATE
