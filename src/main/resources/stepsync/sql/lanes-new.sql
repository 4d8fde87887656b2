INSERT INTO stepsync_state
  (stream, lane, kind, first_id, last_id, lanes, current_id, state,
   largest_records, largest_ids, limit_records, limit_ids, known_from, known_records, young, loaded,
   ids_per_record, version, updated_at)
VALUES (:?stream, :?lane, :?kind, :?first_id, :?last_id, :?lanes, :?current_id, :?state,
  :?largest_records, :?largest_ids, :?limit_records, :?limit_ids, :?known_from, :?known_records,
  :?young, :?loaded, :?ids_per_record, :?version, :?updated_at)
