INSERT INTO ${table} (id, name, email, address, company, job, updatedAt, createdAt)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE
  name = VALUES(name), email = VALUES(email), address = VALUES(address),
  company = VALUES(company), job = VALUES(job),
  updatedAt = VALUES(updatedAt), createdAt = VALUES(createdAt)
