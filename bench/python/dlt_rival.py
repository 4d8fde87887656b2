"""dlt: merges the API's records into PostgreSQL. Prints the seconds from the first request to the
end of the load. Arguments: URL, rows, step, database as postgresql://..., dataset, directory, and
true for its quick path: Arrow tables, which are loaded as CSV by COPY."""

import sys
import time

import dlt
from dlt.sources.helpers import requests

url, rows, step, database, dataset, directory, arrow = sys.argv[1:]
rows, step, arrow = int(rows), int(step), arrow == "true"
if arrow:
    import pyarrow as pa

    MOMENT = pa.timestamp("us", tz="UTC")


def table(records):
    """The records as an Arrow table, with moments as such."""
    read = pa.Table.from_pylist(records)
    for name in ("updatedAt", "createdAt"):
        index = read.schema.get_field_index(name)
        read = read.set_column(index, name, read.column(index).cast(MOMENT))
    return read


@dlt.resource(
    name="user",
    primary_key="id",
    write_disposition={"disposition": "merge", "strategy": "upsert"},
)
def windows():
    state = dlt.current.resource_state()
    for first in range(state.get("next_id", 1), rows + 1, step):
        response = requests.get(url, params={"start_id": first, "end_id": first + step - 1})
        response.raise_for_status()
        state["next_id"] = first + step
        data = response.json()["data"]
        yield table(data) if arrow else data


pipeline = dlt.pipeline(
    pipeline_name="bench",
    pipelines_dir=directory,
    destination=dlt.destinations.postgres(database),
    dataset_name=dataset,
)
start = time.perf_counter()
pipeline.run(windows(), loader_file_format="csv" if arrow else None)
print(time.perf_counter() - start)
