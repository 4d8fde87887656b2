-- How many IDs there are for each record of the lane, about; 0 where that is not known.
ALTER TABLE stepsync_state ADD COLUMN ids_per_record BIGINT DEFAULT 0 NOT NULL;
