CREATE TABLE ${table} (
  id VARCHAR(255) PRIMARY KEY,
  name LONGTEXT,
  email LONGTEXT,
  address LONGTEXT,
  company LONGTEXT,
  job LONGTEXT,
  updatedAt DATETIME(6),
  createdAt DATETIME(6)
)
