-- The tables of stepsync, for those who do not migrate with Flyway.

-- One row a stream, lane and kind: where the next run goes on.
CREATE TABLE stepsync_state (
  stream     VARCHAR(200) NOT NULL,
  lane       INTEGER      NOT NULL,
  kind       VARCHAR(10)  NOT NULL,
  current_id BIGINT       NOT NULL,
  state      VARCHAR(4000) NOT NULL,
  version    BIGINT       NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (stream, lane, kind)
);

-- One row a run, written with each window.
CREATE TABLE stepsync_run (
  run        VARCHAR(40)  NOT NULL PRIMARY KEY,
  stream     VARCHAR(200) NOT NULL,
  started    TIMESTAMP WITH TIME ZONE NOT NULL,
  ended      TIMESTAMP WITH TIME ZONE,
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
);

CREATE INDEX stepsync_run_stream ON stepsync_run (stream, started);

-- One row a record that was refused.
CREATE TABLE stepsync_dead_letter (
  stream     VARCHAR(200) NOT NULL,
  id         BIGINT       NOT NULL,
  kind       VARCHAR(10)  NOT NULL,
  reason     VARCHAR(4000) NOT NULL,
  payload    LONGVARCHAR      NOT NULL,
  run        VARCHAR(40)  NOT NULL,
  seen_at    TIMESTAMP WITH TIME ZONE NOT NULL,
  tries      INTEGER      NOT NULL,
  PRIMARY KEY (stream, id, kind)
);

-- What is known of the most records that the API puts into an answer.
ALTER TABLE stepsync_state ADD COLUMN largest BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN answer_limit BIGINT DEFAULT 0 NOT NULL;

-- What a run was for: sync, refresh or retry.
ALTER TABLE stepsync_run ADD COLUMN kind VARCHAR(10) DEFAULT 'sync' NOT NULL;

-- So many records at least lie from known_from up to where the next run starts.
ALTER TABLE stepsync_state ADD COLUMN known_from BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_state ADD COLUMN known_records BIGINT DEFAULT 0 NOT NULL;

-- One row a window that was committed, for as long as its run is kept.
CREATE TABLE stepsync_window (
  run        VARCHAR(40)  NOT NULL,
  first_id   BIGINT       NOT NULL,
  last_id    BIGINT       NOT NULL,
  records    BIGINT       NOT NULL,
  ms         BIGINT       NOT NULL,
  attempts   INTEGER      NOT NULL,
  PRIMARY KEY (run, first_id, last_id)
);

-- One row a stream that is paused: its trigger is passed over until it is resumed.
CREATE TABLE stepsync_pause (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  paused_at  TIMESTAMP WITH TIME ZONE NOT NULL
);

-- The API's highest ID, where it told one at the run's start.
ALTER TABLE stepsync_run ADD COLUMN head BIGINT;

-- A lane has the IDs from first_id to last_id; both are null where a stream has one lane.
ALTER TABLE stepsync_state ADD COLUMN first_id BIGINT;
ALTER TABLE stepsync_state ADD COLUMN last_id BIGINT;
-- Into so many lanes the stream was to be cut.
ALTER TABLE stepsync_state ADD COLUMN lanes INTEGER DEFAULT 1 NOT NULL;
-- Which lane a run was of, and on which node of a cluster it ran.
ALTER TABLE stepsync_run ADD COLUMN lane INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE stepsync_run ADD COLUMN node VARCHAR(200);

-- One row a stream with clusterRequestsPerSecond: when it may make its next request.
CREATE TABLE stepsync_budget (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  state      VARCHAR(1000) NOT NULL
);

-- How many lanes the stream had when the run ended.
ALTER TABLE stepsync_run ADD COLUMN lanes INTEGER DEFAULT 1 NOT NULL;

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

-- The rows that answers of a refresh lacked, each with its ID and its key as a text, until the refresh has
-- looked a second time.
CREATE CACHED TABLE stepsync_missing (
  stream     VARCHAR(200) NOT NULL,
  id         BIGINT       NOT NULL,
  row_key    LONGVARCHAR      NOT NULL
);

CREATE INDEX stepsync_missing_stream ON stepsync_missing (stream, id);

-- One row a stream that is late: its trigger has waited for a thread until its schedule fired again.
CREATE TABLE stepsync_late (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  due_at     TIMESTAMP WITH TIME ZONE NOT NULL
);

-- How many IDs there are for each record of the lane, about; 0 where that is not known.
ALTER TABLE stepsync_state ADD COLUMN ids_per_record BIGINT DEFAULT 0 NOT NULL;

-- One row a stream that was verified: what its last verify found.
CREATE TABLE stepsync_verify (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  started    TIMESTAMP WITH TIME ZONE NOT NULL,
  ended      TIMESTAMP WITH TIME ZONE NOT NULL,
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
);

-- In which process a run goes on, so that others on its machine can tell whether it is still there.
ALTER TABLE stepsync_run ADD COLUMN process VARCHAR(300);

-- What runs have begun since a moment, of all streams.
CREATE INDEX stepsync_run_started ON stepsync_run (started);
