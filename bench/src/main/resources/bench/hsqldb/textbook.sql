MERGE INTO ${table} AS t
USING (VALUES (
  CAST(:?id AS VARCHAR(1073741824)), CAST(:?name AS VARCHAR(1073741824)),
  CAST(:?email AS VARCHAR(1073741824)), CAST(:?address AS VARCHAR(1073741824)),
  CAST(:?company AS VARCHAR(1073741824)), CAST(:?job AS VARCHAR(1073741824)),
  TO_TIMESTAMP(CAST(:?updatedAt AS VARCHAR(40)), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AT TIME ZONE INTERVAL '0:00' HOUR TO MINUTE,
  TO_TIMESTAMP(CAST(:?createdAt AS VARCHAR(40)), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AT TIME ZONE INTERVAL '0:00' HOUR TO MINUTE))
AS s ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
ON t."id" = s."id"
WHEN MATCHED THEN UPDATE SET
  "name" = s."name", "email" = s."email", "address" = s."address", "company" = s."company",
  "job" = s."job", "updatedAt" = s."updatedAt", "createdAt" = s."createdAt"
WHEN NOT MATCHED THEN INSERT
  ("id", "name", "email", "address", "company", "job", "updatedAt", "createdAt")
  VALUES (s."id", s."name", s."email", s."address", s."company", s."job", s."updatedAt", s."createdAt")
