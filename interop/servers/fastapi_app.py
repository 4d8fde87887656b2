"""A FastAPI over the table orders, which cuts its answers: python fastapi_app.py PORT DB"""
import sqlite3
import sys

import uvicorn
from fastapi import FastAPI

port, database = sys.argv[1:3]
app = FastAPI()


@app.get("/orders")
def orders(min_id: int = 0, max_id: int = 2**63 - 1, limit: int = 100):
    db = sqlite3.connect(database)
    db.row_factory = sqlite3.Row
    rows = db.execute(
        "select * from orders where id between ? and ? order by id limit ?",
        (min_id, max_id, min(limit, 100)))
    return [dict(row, paid=bool(row["paid"])) for row in rows]


uvicorn.run(app, port=int(port), log_level="warning")
