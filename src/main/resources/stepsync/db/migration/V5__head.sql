-- The API's highest ID, where it told one at the run's start.
ALTER TABLE stepsync_run ADD COLUMN head BIGINT;
