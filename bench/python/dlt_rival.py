"""dlt: merges the API's records into PostgreSQL. Prints the seconds from the first request to the
end of the load. Arguments: URL, rows, step, database as postgresql://..., dataset, directory."""

import sys
import time

import dlt
from dlt.sources.helpers import requests

url, rows, step, database, dataset, directory = sys.argv[1:]
rows, step = int(rows), int(step)


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
        yield response.json()["data"]


pipeline = dlt.pipeline(
    pipeline_name="bench",
    pipelines_dir=directory,
    destination=dlt.destinations.postgres(database),
    dataset_name=dataset,
)
start = time.perf_counter()
pipeline.run(windows())
print(time.perf_counter() - start)
