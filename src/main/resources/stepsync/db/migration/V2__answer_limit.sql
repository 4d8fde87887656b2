-- What is known of the most records that the API puts into an answer.
ALTER TABLE stepsync_state ADD COLUMN largest BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN answer_limit BIGINT DEFAULT 0 NOT NULL;
