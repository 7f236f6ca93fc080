"""Whether data files are what their csv-metadata.json says, read by the package csvw.

usage: tables.py csv-metadata.json ...

Every table is read whole, with the types, the words for no value and the keys that the metadata
names. A file whose figures are spoiled must be refused, or the reading proves nothing.
"""

import pathlib
import shutil
import sys
import tempfile
import warnings

from csvw import TableGroup


def read(metadata):
    """Returns how many rows were read; raises on the first that does not suit."""
    group = TableGroup.from_file(metadata)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = sum(1 for table in group.tables for _ in table.iterdicts(strict=True))
    for table in group.tables:
        if table.tableSchema.primaryKey and not table.check_primary_key():
            raise ValueError(f"{table.url}: a key is there twice")
    return rows


def spoiled(metadata):
    """Whether a copy with a word in place of a number is refused."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "data"
        shutil.copytree(metadata.parent, copy)
        file = next(iter(sorted(copy.glob("*.csv"))))
        lines = file.read_text("utf-8").splitlines(keepends=True)
        cells = lines[1].split(",")
        at = next(i for i, cell in enumerate(cells) if cell == "shown") + 1
        cells[at] = "plenty"
        lines[1] = ",".join(cells)
        file.write_text("".join(lines), "utf-8")
        try:
            read(copy / metadata.name)
        except ValueError:
            return True
    return False


def main(files):
    rows = 0
    for name in files:
        try:
            rows += read(pathlib.Path(name))
        except Exception as error:
            sys.exit(f"{name}: {error}")
    first = next(file for file in map(pathlib.Path, files) if (file.parent / "findings.json").exists())
    if not spoiled(first):
        sys.exit(f"{first}: a spoiled file passes")
    print(f"{len(files)} folders, {rows} rows as described", file=sys.stderr)


main(sys.argv[1:])
