INSERT INTO ${table} (id, name, email, address, company, job, updatedAt, createdAt)
SELECT * FROM JSON_TABLE(?, '$[*]' COLUMNS (
  id VARCHAR(255) PATH '$[0]', name LONGTEXT PATH '$[1]', email LONGTEXT PATH '$[2]',
  address LONGTEXT PATH '$[3]', company LONGTEXT PATH '$[4]', job LONGTEXT PATH '$[5]',
  updatedAt DATETIME(6) PATH '$[6]', createdAt DATETIME(6) PATH '$[7]')) AS s
ON DUPLICATE KEY UPDATE
  name = s.name, email = s.email, address = s.address,
  company = s.company, job = s.job,
  updatedAt = s.updatedAt, createdAt = s.createdAt
