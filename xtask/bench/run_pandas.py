"""The job in pandas and numpy, with pyarrow as the reader.

usage: run_pandas.py INPUT.(csv|parquet) FOLDER
"""

import os
import sys

import numpy as np
import pandas as pd

source, folder = sys.argv[1:3]
os.makedirs(folder, exist_ok=True)
keys = ["city", "role", "wave"]
items = [f"i{item:02d}" for item in range(1, 61)]

if source.endswith(".parquet"):
    data = pd.read_parquet(source, columns=keys + items)
else:
    types = {name: "Int8" for name in items} | {"city": "string", "role": "string"}
    data = pd.read_csv(source, usecols=keys + items, engine="pyarrow", dtype=types)
cells = data[items].to_numpy(dtype="float32", na_value=np.nan, copy=True)
cells[cells > 5] = np.nan
cells[:, 6::10] = 5 - cells[:, 6::10]
for name in ("city", "role"):
    data[name] = data[name].astype("category")
scores = data[keys].copy()
areas = {area: slice(10 * area - 10, 10 * area) for area in range(1, 7)}
for area, place in areas.items():
    valid = (~np.isnan(cells[:, place])).sum(1)
    total = np.nansum(cells[:, place], 1, dtype="float64")
    with np.errstate(all="ignore"):
        scores[f"a{area}"] = np.where(valid >= 5, total / valid, np.nan)


def write(name, table, by):
    table = table.astype({key: str for key in ("city", "role") if key in table})
    table.sort_values(by).to_csv(os.path.join(folder, name), index=False, float_format="%.17g")


groups = scores.groupby(keys, observed=True, sort=True)
names = [f"a{area}" for area in areas]
n, mean, sd = groups[names].count(), groups[names].mean(), groups[names].std()
quantiles = groups[names].quantile([0.25, 0.5, 0.75]).unstack()
parts = []
for area in areas:
    name = f"a{area}"
    figures = {"area": area, "n": n[name], "mean": mean[name], "sd": sd[name]}
    figures |= {f"p{round(q * 100)}": quantiles[(name, q)] for q in (0.25, 0.5, 0.75)}
    parts.append(pd.DataFrame(figures))
write("scores.csv", pd.concat(parts).reset_index(), keys + ["area"])

group = groups.ngroup().to_numpy()
labels = groups.size().reset_index()[keys]
parts = []
for place, name in enumerate(items):
    values = cells[:, place]
    valid = ~np.isnan(values)
    counts = np.bincount(group[valid] * 6 + values[valid].astype(np.int64), minlength=len(labels) * 6)
    counts = counts.reshape(len(labels), 6)
    parts.append(labels.assign(item=name, **{f"c{value}": counts[:, value] for value in range(6)}))
write("items.csv", pd.concat(parts), keys + ["item"])

city = data["city"].cat.codes.to_numpy()
rows = []
for code, name in enumerate(data["city"].cat.categories):
    of_city = cells[city == code]
    for area, place in areas.items():
        complete = of_city[:, place]
        complete = complete[~np.isnan(complete).any(1)].astype("float64")
        alpha = np.nan
        if len(complete) > 1:
            of_total = complete.sum(1).var(ddof=1)
            if of_total > 0:
                alpha = 10 / 9 * (1 - complete.var(0, ddof=1).sum() / of_total)
        rows.append((name, area, len(complete), alpha))
write("alpha.csv", pd.DataFrame(rows, columns=["city", "area", "n_complete", "alpha"]), ["city", "area"])
