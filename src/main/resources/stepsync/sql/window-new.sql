INSERT INTO stepsync_window (run, first_id, last_id, records, ms, attempts)
VALUES (:?run, :?first, :?last, :?records, :?ms, :?attempts)
