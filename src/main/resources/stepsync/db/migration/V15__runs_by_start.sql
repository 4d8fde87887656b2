-- What runs have begun since a moment, of all streams.
CREATE INDEX stepsync_run_started ON stepsync_run (started);
