INSERT INTO ${table} (id, name, email, address, company, job, updatedAt, createdAt)
VALUES (:?id, :?name, :?email, :?address, :?company, :?job,
  STR_TO_DATE(:?updatedAt, '%Y-%m-%dT%H:%i:%sZ'), STR_TO_DATE(:?createdAt, '%Y-%m-%dT%H:%i:%sZ'))
ON DUPLICATE KEY UPDATE
  name = VALUES(name), email = VALUES(email), address = VALUES(address),
  company = VALUES(company), job = VALUES(job),
  updatedAt = VALUES(updatedAt), createdAt = VALUES(createdAt)
