INSERT INTO stepsync_run
  (run, stream, lane, kind, node, started, status, windows, records, upserted, unchanged, deleted, dead, bytes)
VALUES (:?run, :?stream, :?lane, :?kind, :?node, :?started, :?status, 0, 0, 0, 0, 0, 0, 0)
