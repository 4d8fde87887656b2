UPDATE stepsync_run
SET status = 'broken_off'
WHERE stream = :?stream AND lane = :?lane AND status = 'running'
