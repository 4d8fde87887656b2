-- A lane has the IDs from first_id to last_id; both are null where a stream has one lane.
ALTER TABLE stepsync_state ADD COLUMN first_id BIGINT;
ALTER TABLE stepsync_state ADD COLUMN last_id BIGINT;
-- Into so many lanes the stream was to be cut.
ALTER TABLE stepsync_state ADD COLUMN lanes INTEGER DEFAULT 1 NOT NULL;
-- Which lane a run was of, and on which node of a cluster it ran.
ALTER TABLE stepsync_run ADD COLUMN lane INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_run ADD COLUMN node VARCHAR(200);
