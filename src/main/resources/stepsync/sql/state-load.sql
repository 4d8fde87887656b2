SELECT current_id, state, largest, answer_limit, known_from, known_records, version
FROM stepsync_state
WHERE stream = :?stream AND lane = 0 AND kind = 'sync'
