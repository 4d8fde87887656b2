INSERT INTO stepsync_run
  (run, stream, started, status, windows, records, upserted, unchanged, deleted, dead, bytes)
VALUES (:?run, :?stream, :?started, :?status, 0, 0, 0, 0, 0, 0, 0)
