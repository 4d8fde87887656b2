-- One row a stream, lane and kind: where the next run goes on.
CREATE TABLE stepsync_state (
  stream     VARCHAR(200) NOT NULL,
  lane       INTEGER      NOT NULL,
  kind       VARCHAR(10)  NOT NULL,
  current_id BIGINT       NOT NULL,
  state      VARCHAR(4000) NOT NULL,
  version    BIGINT       NOT NULL,
  updated_at ${timestamp} NOT NULL,
  PRIMARY KEY (stream, lane, kind)
)${options};

-- One row a run, written with each window.
CREATE TABLE stepsync_run (
  run        VARCHAR(40)  NOT NULL PRIMARY KEY,
  stream     VARCHAR(200) NOT NULL,
  started    ${timestamp} NOT NULL,
  ended      ${timestamp},
  status     VARCHAR(20)  NOT NULL,
  windows    BIGINT       NOT NULL,
  records    BIGINT       NOT NULL,
  upserted   BIGINT       NOT NULL,
  unchanged  BIGINT       NOT NULL,
  deleted    BIGINT       NOT NULL,
  dead       BIGINT       NOT NULL,
  bytes      BIGINT       NOT NULL,
  first_id   BIGINT,
  last_id    BIGINT,
  error      VARCHAR(4000)
)${options};

CREATE INDEX stepsync_run_stream ON stepsync_run (stream, started);

-- One row a record that was refused.
CREATE TABLE stepsync_dead_letter (
  stream     VARCHAR(200) NOT NULL,
  id         BIGINT       NOT NULL,
  kind       VARCHAR(10)  NOT NULL,
  reason     VARCHAR(4000) NOT NULL,
  payload    ${text}      NOT NULL,
  run        VARCHAR(40)  NOT NULL,
  seen_at    ${timestamp} NOT NULL,
  tries      INTEGER      NOT NULL,
  PRIMARY KEY (stream, id, kind)
)${options};
