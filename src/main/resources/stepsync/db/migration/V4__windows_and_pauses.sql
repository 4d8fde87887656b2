-- One row a window that was committed, for as long as its run is kept.
CREATE TABLE stepsync_window (
  run        VARCHAR(40)  NOT NULL,
  first_id   BIGINT       NOT NULL,
  last_id    BIGINT       NOT NULL,
  records    BIGINT       NOT NULL,
  ms         BIGINT       NOT NULL,
  attempts   INTEGER      NOT NULL,
  PRIMARY KEY (run, first_id, last_id)
)${options};

-- One row a stream that is paused: its trigger is passed over until it is resumed.
CREATE TABLE stepsync_pause (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  paused_at  ${timestamp} NOT NULL
)${options};
