INSERT INTO stepsync_run
  (run, stream, lane, kind, node, process, started, status, windows, records, upserted, unchanged, deleted, dead, bytes)
VALUES (:?run, :?stream, :?lane, :?kind, :?node, :?process, :?started, :?status, 0, 0, 0, 0, 0, 0, 0)
