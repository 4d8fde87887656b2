INSERT INTO ${table} (id, name, email, address, company, job, updatedAt, createdAt)
SELECT * FROM JSON_TABLE(?, '$[*]' COLUMNS (
  id VARCHAR(255) PATH '$[0]', name LONGTEXT PATH '$[1]', email LONGTEXT PATH '$[2]',
  address LONGTEXT PATH '$[3]', company LONGTEXT PATH '$[4]', job LONGTEXT PATH '$[5]',
  updatedAt DATETIME(6) PATH '$[6]', createdAt DATETIME(6) PATH '$[7]')) AS s
ON DUPLICATE KEY UPDATE
  name = VALUES(name), email = VALUES(email), address = VALUES(address),
  company = VALUES(company), job = VALUES(job),
  updatedAt = VALUES(updatedAt), createdAt = VALUES(createdAt)
