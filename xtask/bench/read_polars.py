"""Only reads a Parquet file into memory: what no program can be much faster than.

usage: read_polars.py INPUT.parquet
"""

import sys

import polars as pl

pl.read_parquet(sys.argv[1])
