SELECT run AS "run"
FROM stepsync_run
WHERE stream = :?stream AND lane = :?lane AND status <> 'running'
  AND started < (
    SELECT started FROM stepsync_run
    WHERE stream = :?stream AND lane = :?lane
    ORDER BY stream DESC, started DESC
    LIMIT 1 OFFSET :?newer)
  AND run <> COALESCE((
    SELECT run FROM stepsync_run
    WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND status = 'caught_up'
    ORDER BY stream DESC, started DESC
    LIMIT 1), '')
  AND run <> COALESCE((
    SELECT run FROM stepsync_run
    WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND status = 'caught_up' AND lanes = 1
    ORDER BY stream DESC, started DESC
    LIMIT 1), '')
