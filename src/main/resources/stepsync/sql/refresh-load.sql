SELECT current_id, state, updated_at
FROM stepsync_state
WHERE stream = :?stream AND lane = :?lane AND kind = 'refresh'
