MERGE INTO ${table} AS t
USING (SELECT * FROM UNNEST(
  CAST(? AS VARCHAR(1073741824) ARRAY), CAST(? AS VARCHAR(1073741824) ARRAY),
  CAST(? AS VARCHAR(1073741824) ARRAY), CAST(? AS VARCHAR(1073741824) ARRAY),
  CAST(? AS VARCHAR(1073741824) ARRAY), CAST(? AS VARCHAR(1073741824) ARRAY),
  CAST(? AS TIMESTAMP(9) WITH TIME ZONE ARRAY), CAST(? AS TIMESTAMP(9) WITH TIME ZONE ARRAY)))
AS s ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
ON t."id" = s."id"
WHEN MATCHED AND (
  t."name" IS DISTINCT FROM s."name" OR t."email" IS DISTINCT FROM s."email"
  OR t."address" IS DISTINCT FROM s."address" OR t."company" IS DISTINCT FROM s."company"
  OR t."job" IS DISTINCT FROM s."job" OR t."updatedAt" IS DISTINCT FROM s."updatedAt"
  OR t."createdAt" IS DISTINCT FROM s."createdAt") THEN UPDATE SET
  "name" = s."name", "email" = s."email", "address" = s."address", "company" = s."company",
  "job" = s."job", "updatedAt" = s."updatedAt", "createdAt" = s."createdAt"
WHEN NOT MATCHED THEN INSERT
  ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
  VALUES (s."id", s."name", s."email", s."address", s."company", s."job", s."updatedAt", s."createdAt")
