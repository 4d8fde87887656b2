INSERT INTO ${table} AS t
  ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
FROM json_each(?) WHERE TRUE
ON CONFLICT ("id") DO UPDATE SET
  "name" = excluded."name", "email" = excluded."email", "address" = excluded."address",
  "company" = excluded."company", "job" = excluded."job",
  "updatedAt" = excluded."updatedAt", "createdAt" = excluded."createdAt"
