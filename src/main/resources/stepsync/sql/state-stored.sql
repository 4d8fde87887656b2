SELECT first_id, current_id, state, version,
  (SELECT windows FROM stepsync_run WHERE run = :?run) AS windows
FROM stepsync_state
WHERE stream = :?stream AND lane = :?lane AND kind = 'sync'
