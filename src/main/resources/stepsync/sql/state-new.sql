INSERT INTO stepsync_state (stream, lane, kind, current_id, state, version, updated_at)
VALUES (:?stream, 0, 'sync', :?current_id, :?state, 0, CURRENT_TIMESTAMP)
