CREATE TABLE ${table} (
  "id" text PRIMARY KEY,
  "name" text,
  "email" text,
  "address" text,
  "company" text,
  "job" text,
  "updatedAt" timestamptz,
  "createdAt" timestamptz
)
