"""What a bare SQLite does with the rows of sent questionnaires.

    python3 bare_sqlite.py SERVICE.db BARE.db

Takes the schema, the wave and the answers of a service's database and stores each answer as the
service does: submission mark, spent mark and inbox row, durable (WAL, synchronous=FULL) and with
the same keys, once with one commit for each and once in groups. No HTTP, no checking, no mixing.
"""

import os
import sqlite3
import sys
import time

ROWS = 1500
GROUPS = [1, 8, 32]
KEPT = ["network", "municipalities", "units", "instruments", "waves", "wave_municipalities", "wave_units"]


def opened(path):
    base = sqlite3.connect(path, isolation_level=None)
    for pragma in ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"]:
        base.execute(f"PRAGMA {pragma}").fetchall()
    assert base.execute("PRAGMA synchronous").fetchone() == (2,)
    return base


def fresh(source, path):
    """A new database with the service's schema, its wave, and codes for every row."""
    for end in ["", "-wal", "-shm"]:
        if os.path.exists(path + end):
            os.remove(path + end)
    base = opened(path)
    for (text,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_%' ESCAPE '\\'"):
        base.execute(text)
    base.execute("BEGIN")
    for table in KEPT:
        for row in source.execute(f"SELECT * FROM {table}"):
            base.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
    wave, city, unit = source.execute("SELECT wave, municipality, unit FROM answers LIMIT 1").fetchone()
    batch = os.urandom(16)
    base.execute("INSERT INTO batches (batch, wave, municipality, unit, revoked) VALUES (?, ?, ?, ?, 0)", (batch, wave, city, unit))
    codes = [os.urandom(32) for _ in range(ROWS)]
    base.executemany("INSERT INTO codes (code_hash, batch) VALUES (?, ?)", [(code, batch) for code in codes])
    base.execute("COMMIT")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return base, codes, (wave, city, unit)


def store(base, codes, place, answers, group):
    wave, city, unit = place
    began = time.monotonic()
    for number, code in enumerate(codes):
        if number % group == 0:
            base.execute("BEGIN IMMEDIATE")
        mark, (release, response) = os.urandom(32), answers[number % len(answers)]
        base.execute("INSERT INTO submissions (mark, wave, municipality) VALUES (?, ?, ?)", (mark, wave, city))
        base.execute("INSERT INTO spent_codes (code_hash) VALUES (?)", (code,))
        base.execute(
            "INSERT INTO inbox (entry, mark, content_hash, wave, municipality, unit, release, response)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (os.urandom(16), mark, os.urandom(32), wave, city, unit, release, response),
        )
        if number % group == group - 1 or number == len(codes) - 1:
            base.execute("COMMIT")
    return len(codes) / (time.monotonic() - began)


def main():
    source = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    (mixed,), (waiting,) = (source.execute(f"SELECT COUNT(*) FROM {table}").fetchone() for table in ["answers", "inbox"])
    print(f"answers kept: {mixed + waiting}")
    answers = source.execute("SELECT release, response FROM answers LIMIT 500").fetchall()
    if not answers:
        sys.exit("no answer was kept: nothing to compare with")
    print(f"bare SQLite {sqlite3.sqlite_version}, {ROWS} rows of {len(answers[0][1])} bytes, stored per second:")
    for group in GROUPS:
        base, codes, place = fresh(source, sys.argv[2])
        rate = store(base, codes, place, answers, group)
        base.close()
        name = "one commit each" if group == 1 else f"groups of {group}"
        print(f"{name}: {rate:.1f}")


main()
