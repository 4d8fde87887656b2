UPDATE stepsync_state
SET loaded = 1
WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND version = :?version
