SELECT lane, first_id, last_id, lanes, current_id, state, largest, answer_limit,
  known_from, known_records, version
FROM stepsync_state
WHERE stream = :?stream AND kind = 'sync'
ORDER BY lane
