SELECT run AS "run"
FROM stepsync_run
WHERE stream = :?stream AND lane = :?lane AND status <> 'running'
  AND started < (
    SELECT started FROM stepsync_run
    WHERE stream = :?stream AND lane = :?lane
    ORDER BY started DESC
    OFFSET :?newer ROWS FETCH FIRST 1 ROWS ONLY)
  AND run <> COALESCE((
    SELECT run FROM stepsync_run
    WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND status = 'caught_up'
    ORDER BY started DESC
    FETCH FIRST 1 ROWS ONLY), '')
  AND run <> COALESCE((
    SELECT run FROM stepsync_run
    WHERE stream = :?stream AND lane = :?lane AND kind = 'sync' AND status = 'caught_up' AND lanes = 1
    ORDER BY started DESC
    FETCH FIRST 1 ROWS ONLY), '')
