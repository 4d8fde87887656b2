INSERT INTO ${table} (id, name, email, address, company, job, updatedAt, createdAt)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) AS new
ON DUPLICATE KEY UPDATE
  name = new.name, email = new.email, address = new.address,
  company = new.company, job = new.job,
  updatedAt = new.updatedAt, createdAt = new.createdAt
