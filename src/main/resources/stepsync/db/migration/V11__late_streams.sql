-- One row a stream that is late: its trigger has waited for a thread until its schedule fired again.
CREATE TABLE stepsync_late (
  stream     VARCHAR(200) NOT NULL PRIMARY KEY,
  due_at     ${timestamp} NOT NULL
)${options};
