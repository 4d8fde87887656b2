DELETE FROM stepsync_window
WHERE run = :?run AND first_id = :?first AND last_id = :?last
