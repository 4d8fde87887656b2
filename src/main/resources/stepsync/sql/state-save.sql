UPDATE stepsync_state
SET current_id = :?current_id, state = :?state, largest = :?largest, answer_limit = :?answer_limit,
  known_from = :?known_from, known_records = :?known_records,
  version = version + 1, updated_at = CURRENT_TIMESTAMP
WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND version = :?version
