SELECT current_id, state, largest, answer_limit, version
FROM stepsync_state
WHERE stream = :?stream AND lane = 0 AND kind = 'sync'
