"""The job in DuckDB's SQL.

usage: run_duckdb.py INPUT.(csv|parquet) FOLDER      threads: DUCKDB_THREADS
"""

import os
import sys

import duckdb

source, folder = sys.argv[1:3]
os.makedirs(folder, exist_ok=True)
keys = "city, role, wave"
items = [f"i{item:02d}" for item in range(1, 61)]
areas = {area: items[10 * area - 10 : 10 * area] for area in range(1, 7)}
reversed_items = {names[6] for names in areas.values()}

con = duckdb.connect()
if os.environ.get("DUCKDB_THREADS"):
    con.execute(f"SET threads = {int(os.environ['DUCKDB_THREADS'])}")
if source.endswith(".parquet"):
    reader = f"read_parquet('{source}')"
else:
    types = ", ".join(f"'{name}': 'TINYINT'" for name in items)
    reader = f"read_csv('{source}', header = true, types = {{{types}}})"


def recoded(name):
    value = f"(5 - {name})" if name in reversed_items else name
    return f"CASE WHEN {name} <= 5 THEN {value} END::TINYINT AS {name}"


def valid(area):
    return "(" + " + ".join(f"({name} IS NOT NULL)::INT" for name in areas[area]) + ")"


def total(area):
    return "(" + " + ".join(f"coalesce({name}, 0)::INT" for name in areas[area]) + ")"


def write(name, query):
    con.execute(f"COPY ({query}) TO '{os.path.join(folder, name)}' (HEADER, DELIMITER ',')")


con.execute(f"CREATE TEMP TABLE data AS SELECT {keys}, {', '.join(map(recoded, items))} FROM {reader}")
scored = ", ".join(
    f"CASE WHEN {valid(area)} >= 5 THEN {total(area)}::DOUBLE / {valid(area)} END AS a{area}" for area in areas
)
con.execute(f"CREATE TEMP VIEW scored AS SELECT {keys}, {scored} FROM data")
figures = ", ".join(
    f"count(a{area}) n_{area}, avg(a{area}) mean_{area}, stddev_samp(a{area}) sd_{area}, "
    f"quantile_cont(a{area}, [0.25, 0.5, 0.75]) q_{area}"
    for area in areas
)
con.execute(f"CREATE TEMP TABLE figures AS SELECT {keys}, {figures} FROM scored GROUP BY {keys}")
write(
    "scores.csv",
    " UNION ALL ".join(
        f"SELECT {keys}, {area} area, n_{area} n, mean_{area} mean, sd_{area} sd, "
        f"q_{area}[1] p25, q_{area}[2] p50, q_{area}[3] p75 FROM figures"
        for area in areas
    )
    + f" ORDER BY {keys}, area",
)
counts = ", ".join(
    f"count(*) FILTER (WHERE {name} = {value}) {name}_{value}" for name in items for value in range(6)
)
con.execute(f"CREATE TEMP TABLE counts AS SELECT {keys}, {counts} FROM data GROUP BY {keys}")
write(
    "items.csv",
    " UNION ALL ".join(
        f"SELECT {keys}, '{name}' item, "
        + ", ".join(f"{name}_{value} c{value}" for value in range(6))
        + " FROM counts"
        for name in items
    )
    + f" ORDER BY {keys}, item",
)


def alpha(area):
    names = areas[area]
    complete = " AND ".join(f"{name} IS NOT NULL" for name in names)
    of_total = f"var_samp({' + '.join(f'{name}::INT' for name in names)}) FILTER (WHERE {complete})"
    of_items = " + ".join(f"var_samp({name}) FILTER (WHERE {complete})" for name in names)
    return (
        f"SELECT city, {area} area, count(*) FILTER (WHERE {complete}) n_complete, "
        f"CASE WHEN {of_total} > 0 THEN 10.0::DOUBLE / 9 * (1 - ({of_items}) / {of_total}) END alpha "
        "FROM data GROUP BY city"
    )


write("alpha.csv", " UNION ALL ".join(map(alpha, areas)) + " ORDER BY city, area")
