-- In which process a run goes on, so that others on its machine can tell whether it is still there.
ALTER TABLE stepsync_run ADD COLUMN process VARCHAR(300);
