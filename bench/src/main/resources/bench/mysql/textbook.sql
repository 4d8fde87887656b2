INSERT INTO ${table} (id, name, email, address, company, job, updatedAt, createdAt)
VALUES (:?id, :?name, :?email, :?address, :?company, :?job,
  STR_TO_DATE(:?updatedAt, '%Y-%m-%dT%H:%i:%sZ'), STR_TO_DATE(:?createdAt, '%Y-%m-%dT%H:%i:%sZ')) AS new
ON DUPLICATE KEY UPDATE
  name = new.name, email = new.email, address = new.address,
  company = new.company, job = new.job,
  updatedAt = new.updatedAt, createdAt = new.createdAt
