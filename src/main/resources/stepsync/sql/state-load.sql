SELECT lane, first_id, last_id, lanes, current_id, state,
  largest_records, largest_ids, limit_records, limit_ids, known_from, known_records, young, loaded,
  ids_per_record,
  version
FROM stepsync_state
WHERE stream = :?stream AND kind = 'sync'
ORDER BY lane
