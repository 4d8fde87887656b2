SELECT kind, lane, first_id, last_id, lanes, current_id, state, largest, answer_limit,
  known_from, known_records, version, updated_at
FROM stepsync_state
WHERE stream = :?stream
ORDER BY lane
