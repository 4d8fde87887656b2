-- How many lanes the stream had when the run ended.
ALTER TABLE stepsync_run ADD COLUMN lanes INTEGER DEFAULT 1 NOT NULL;
