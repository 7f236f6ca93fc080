"""Writes a CSV survey as Parquet with small integers, as a careful user would.

usage: to_parquet.py INPUT.csv OUTPUT.parquet
"""

import sys

import polars as pl

items = {f"i{item:02d}": pl.Int8 for item in range(1, 61)}
types = items | {"wave": pl.Int16, "unit": pl.Int16}
pl.read_csv(sys.argv[1], schema_overrides=types).write_parquet(sys.argv[2], compression="zstd")
