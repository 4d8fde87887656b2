UPDATE stepsync_dead_letter
SET reason = :?reason, payload = :?payload, run = :?run, seen_at = CURRENT_TIMESTAMP,
  tries = tries + 1
WHERE stream = :?stream AND id = :?id AND kind = :?kind
