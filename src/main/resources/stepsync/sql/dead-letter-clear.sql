DELETE FROM stepsync_dead_letter
WHERE stream = :?stream AND id BETWEEN :?first AND :?last AND run <> :?run
  AND ((kind = 'record' AND LOWER(reason) LIKE :?reason_like ESCAPE '!') OR :?gone_over_only = 0)
  AND NOT (kind = 'delete'
    AND EXISTS (SELECT 1 FROM stepsync_missing m
      WHERE m.stream = stepsync_dead_letter.stream AND m.id = stepsync_dead_letter.id))
