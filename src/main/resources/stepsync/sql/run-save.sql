UPDATE stepsync_run
SET ended = :?ended, status = :?status, windows = :?windows, records = :?records,
  upserted = :?upserted, unchanged = :?unchanged, deleted = :?deleted, dead = :?dead, bytes = :?bytes,
  first_id = :?first_id, last_id = :?last_id, head = :?head, lanes = :?lanes, error = :?error
WHERE run = :?run
