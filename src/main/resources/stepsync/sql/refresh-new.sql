INSERT INTO stepsync_state (stream, lane, kind, current_id, state, version, updated_at)
VALUES (:?stream, :?lane, 'refresh', :?refresh_id, :?refresh_state, 0, CURRENT_TIMESTAMP)
