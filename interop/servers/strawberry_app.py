"""GraphQL by strawberry over the table orders: python strawberry_app.py PORT DB"""
import sqlite3
import sys
from typing import Optional

import strawberry
import uvicorn
from strawberry.asgi import GraphQL

port, database = sys.argv[1:3]


@strawberry.type
class Order:
    id: int
    customer: str
    total: float
    paid: bool
    placed_at: str
    note: Optional[str]


@strawberry.type
class Query:
    @strawberry.field
    def orders(self, start: int, end: int) -> list[Order]:
        with sqlite3.connect(database) as db:
            rows = db.execute(
                "select id, customer, total, paid, placed_at, note from orders"
                " where id between ? and ? order by id", (start, end))
            return [Order(**dict(zip(Order.__annotations__, row))) for row in rows]


uvicorn.run(GraphQL(strawberry.Schema(Query)), port=int(port), log_level="warning")
