INSERT INTO stepsync_run
  (run, stream, kind, started, status, windows, records, upserted, unchanged, deleted, dead, bytes)
VALUES (:?run, :?stream, :?kind, :?started, :?status, 0, 0, 0, 0, 0, 0, 0)
