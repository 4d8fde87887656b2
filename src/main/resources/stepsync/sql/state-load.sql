SELECT current_id, state, version
FROM stepsync_state
WHERE stream = :?stream AND lane = 0 AND kind = 'sync'
