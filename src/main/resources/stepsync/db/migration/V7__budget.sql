-- One row a stream with clusterRequestsPerSecond: when it may make its next request.
CREATE TABLE stepsync_budget (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  state      VARCHAR(1000) NOT NULL
)${options};
