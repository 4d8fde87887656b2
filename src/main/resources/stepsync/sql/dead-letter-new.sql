INSERT INTO stepsync_dead_letter (stream, id, kind, reason, payload, run, seen_at, tries)
VALUES (:?stream, :?id, :?kind, :?reason, :?payload, :?run, CURRENT_TIMESTAMP, 1)
