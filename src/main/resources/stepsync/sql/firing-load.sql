SELECT 'pause' AS kind, 0 AS lanes
FROM stepsync_pause
WHERE stream = :?stream
UNION ALL
SELECT kind, lanes
FROM stepsync_state
WHERE stream = :?stream AND lane = :?lane AND kind = 'sync'
UNION ALL
SELECT 'late' AS kind, 0 AS lanes
FROM stepsync_late
WHERE stream = :?stream
