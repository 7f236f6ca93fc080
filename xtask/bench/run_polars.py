"""The job in polars (lazy, all three results from one plan).

usage: run_polars.py INPUT.(csv|parquet) FOLDER      threads: POLARS_MAX_THREADS
"""

import os
import sys

import polars as pl

source, folder = sys.argv[1:3]
os.makedirs(folder, exist_ok=True)
keys = ["city", "role", "wave"]
items = [f"i{item:02d}" for item in range(1, 61)]
areas = {area: items[10 * area - 10 : 10 * area] for area in range(1, 7)}
reversed_items = {names[6] for names in areas.values()}

if source.endswith(".parquet"):
    frame = pl.scan_parquet(source)
else:
    types = {name: pl.Int8 for name in items} | {"wave": pl.Int16}
    frame = pl.scan_csv(source, schema_overrides=types)


def recoded(name):
    valid = pl.when(pl.col(name) <= 5).then(pl.col(name))
    return ((5 - valid).cast(pl.Int8) if name in reversed_items else valid).alias(name)


def score(area):
    cells = [pl.col(name) for name in areas[area]]
    valid = pl.sum_horizontal([cell.is_not_null().cast(pl.Int16) for cell in cells])
    total = pl.sum_horizontal([cell.cast(pl.Int16) for cell in cells], ignore_nulls=True)
    mean = total.cast(pl.Float64) / valid.cast(pl.Float64)
    return pl.when(valid >= 5).then(mean).alias(f"a{area}")


def summary(area):
    scores = pl.col(f"a{area}")
    quantiles = [
        scores.quantile(share, "linear").alias(f"p{round(share * 100)}_{area}")
        for share in (0.25, 0.5, 0.75)
    ]
    return [
        scores.count().alias(f"n_{area}"),
        scores.mean().alias(f"mean_{area}"),
        scores.std().alias(f"sd_{area}"),
        *quantiles,
    ]


def alpha(area):
    names = areas[area]
    complete = pl.all_horizontal([pl.col(name).is_not_null() for name in names])
    total = pl.sum_horizontal([pl.col(name).cast(pl.Int16) for name in names])
    of_total = total.filter(complete).cast(pl.Float64).var()
    of_items = sum(pl.col(name).filter(complete).cast(pl.Float64).var() for name in names)
    value = pl.when(of_total > 0).then(10 / 9 * (1 - of_items / of_total))
    return [complete.sum().alias(f"n_{area}"), value.alias(f"alpha_{area}")]


data = frame.select(keys + [recoded(name) for name in items])
scores, counts, alphas = pl.collect_all(
    [
        data.with_columns([score(area) for area in areas])
        .group_by(keys)
        .agg([column for area in areas for column in summary(area)]),
        data.group_by(keys).agg(
            [(pl.col(name) == value).sum().alias(f"{name}_{value}") for name in items for value in range(6)]
        ),
        data.group_by("city").agg([column for area in areas for column in alpha(area)]),
    ]
)


def write(name, parts, by):
    pl.concat(parts).sort(by).write_csv(os.path.join(folder, name))


columns = ("n", "mean", "sd", "p25", "p50", "p75")
write(
    "scores.csv",
    [
        scores.select(
            keys + [pl.lit(area).alias("area")] + [pl.col(f"{x}_{area}").alias(x) for x in columns]
        )
        for area in areas
    ],
    keys + ["area"],
)
write(
    "items.csv",
    [
        counts.select(
            keys
            + [pl.lit(name).alias("item")]
            + [pl.col(f"{name}_{value}").alias(f"c{value}") for value in range(6)]
        )
        for name in items
    ],
    keys + ["item"],
)
write(
    "alpha.csv",
    [
        alphas.select(
            "city",
            pl.lit(area).alias("area"),
            pl.col(f"n_{area}").alias("n_complete"),
            pl.col(f"alpha_{area}").alias("alpha"),
        )
        for area in areas
    ],
    ["city", "area"],
)
