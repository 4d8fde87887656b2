UPDATE stepsync_state
SET current_id = :?current_id, state = :?state, 
  largest_records = :?largest_records, largest_ids = :?largest_ids,
  limit_records = :?limit_records, limit_ids = :?limit_ids,
  known_from = :?known_from, known_records = :?known_records, young = :?young, loaded = :?loaded,
  ids_per_record = :?ids_per_record,
  version = version + 1, updated_at = CURRENT_TIMESTAMP
WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND version = :?version
