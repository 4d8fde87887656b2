-- What a run was for: sync, refresh or retry.
ALTER TABLE stepsync_run ADD COLUMN kind VARCHAR(10) DEFAULT 'sync' NOT NULL;

-- So many records at least lie from known_from up to where the next run starts.
ALTER TABLE stepsync_state ADD COLUMN known_from BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN known_records BIGINT DEFAULT 0 NOT NULL;
