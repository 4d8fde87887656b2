CREATE TABLE ${table} (
  "id" TEXT PRIMARY KEY,
  "name" TEXT,
  "email" TEXT,
  "address" TEXT,
  "company" TEXT,
  "job" TEXT,
  "updatedAt" TIMESTAMP,
  "createdAt" TIMESTAMP
)
