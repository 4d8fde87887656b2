-- Which IDs below the checkpoint may still come: ranges, the IDs in them that are not in use, until when
-- in milliseconds since 1970, and whether they are asked again at once.
ALTER TABLE stepsync_state ADD COLUMN young VARCHAR(7000);
-- Whether a run of the lane was caught up; if not, this is its first load.
ALTER TABLE stepsync_state ADD COLUMN loaded SMALLINT DEFAULT 0 NOT NULL;
-- What is known of the size at which the API cuts its answers, in records and in IDs. What was declared by
-- responseLimit is not in it, as it was in largest and answer_limit.
ALTER TABLE stepsync_state ADD COLUMN largest_records BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN largest_ids BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN limit_records BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN limit_ids BIGINT DEFAULT 0 NOT NULL;
