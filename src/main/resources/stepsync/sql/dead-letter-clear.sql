DELETE FROM stepsync_dead_letter
WHERE stream = :?stream AND id BETWEEN :?first AND :?last AND run <> :?run
