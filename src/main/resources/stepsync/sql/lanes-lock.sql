UPDATE stepsync_state
SET lanes = lanes
WHERE stream = :?stream
