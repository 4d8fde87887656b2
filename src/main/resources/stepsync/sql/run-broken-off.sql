UPDATE stepsync_run
SET status = 'broken_off'
WHERE stream = :?stream AND status = 'running'
  AND (lane = :?lane
    OR lane NOT IN (SELECT lane FROM stepsync_state WHERE stream = :?stream AND kind = 'sync'))
