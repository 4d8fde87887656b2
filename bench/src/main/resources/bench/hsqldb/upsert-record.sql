MERGE INTO ${table} AS t
USING (VALUES (
  CAST(? AS VARCHAR(1073741824)), CAST(? AS VARCHAR(1073741824)), CAST(? AS VARCHAR(1073741824)),
  CAST(? AS VARCHAR(1073741824)), CAST(? AS VARCHAR(1073741824)), CAST(? AS VARCHAR(1073741824)),
  CAST(? AS TIMESTAMP(9) WITH TIME ZONE), CAST(? AS TIMESTAMP(9) WITH TIME ZONE)))
AS s ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
ON t."id" = s."id"
WHEN MATCHED THEN UPDATE SET
  "name" = s."name", "email" = s."email", "address" = s."address", "company" = s."company",
  "job" = s."job", "updatedAt" = s."updatedAt", "createdAt" = s."createdAt"
WHEN NOT MATCHED THEN INSERT
  ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
  VALUES (s."id", s."name", s."email", s."address", s."company", s."job", s."updatedAt", s."createdAt")
