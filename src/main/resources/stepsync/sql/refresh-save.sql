UPDATE stepsync_state
SET current_id = :?refresh_id, state = :?refresh_state, version = version + 1,
  updated_at = CURRENT_TIMESTAMP
WHERE stream = :?stream AND lane = :?lane AND kind = 'refresh'
