INSERT INTO stepsync_state
  (stream, lane, kind, first_id, last_id, lanes, current_id, state, largest, answer_limit,
   known_from, known_records, version, updated_at)
VALUES (:?stream, :?lane, :?kind, :?first_id, :?last_id, :?lanes, :?current_id, :?state, :?largest,
  :?answer_limit, :?known_from, :?known_records, :?version, :?updated_at)
