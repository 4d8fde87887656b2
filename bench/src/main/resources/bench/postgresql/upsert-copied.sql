INSERT INTO ${table} AS t
  ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
SELECT * FROM ${copied}
ON CONFLICT ("id") DO UPDATE SET
  "name" = excluded."name", "email" = excluded."email", "address" = excluded."address",
  "company" = excluded."company", "job" = excluded."job",
  "updatedAt" = excluded."updatedAt", "createdAt" = excluded."createdAt"
WHERE (t."name", t."email", t."address", t."company", t."job", t."updatedAt", t."createdAt")
  IS DISTINCT FROM (excluded."name", excluded."email", excluded."address", excluded."company",
    excluded."job", excluded."updatedAt", excluded."createdAt")
