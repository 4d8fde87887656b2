-- The rows that answers of a refresh lacked, each with its ID and its key as a text, until the refresh has
-- looked a second time.
CREATE ${table} stepsync_missing (
  stream     VARCHAR(200) NOT NULL,
  id         BIGINT       NOT NULL,
  row_key    ${text}      NOT NULL
)${options};

CREATE INDEX stepsync_missing_stream ON stepsync_missing (stream, id);
