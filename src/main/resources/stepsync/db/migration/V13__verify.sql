-- One row a stream that was verified: what its last verify found.
CREATE TABLE stepsync_verify (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  started    ${timestamp} NOT NULL,
  ended      ${timestamp} NOT NULL,
  first_id   BIGINT,
  last_id    BIGINT,
  sample     BIGINT,
  seed       BIGINT,
  windows    BIGINT       NOT NULL,
  records    BIGINT       NOT NULL,
  missing    BIGINT       NOT NULL,
  different  BIGINT       NOT NULL,
  surplus    BIGINT,
  unanswered BIGINT       NOT NULL,
  dead       BIGINT       NOT NULL,
  young      BIGINT       NOT NULL,
  changed    BIGINT       NOT NULL,
  complete   INTEGER      NOT NULL,
  error      VARCHAR(4000)
)${options};
