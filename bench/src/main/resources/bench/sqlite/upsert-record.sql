INSERT INTO ${table} AS t
  ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT ("id") DO UPDATE SET
  "name" = excluded."name", "email" = excluded."email", "address" = excluded."address",
  "company" = excluded."company", "job" = excluded."job",
  "updatedAt" = excluded."updatedAt", "createdAt" = excluded."createdAt"
