"""samples/run as a stranger runs it: a free port, a folder of its own, twice in a row.

  samples_test.py
"""

import contextlib
import itertools
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

from program import ROOT, free_port

STORIES = ("一件普通低保", "半夜急难", "村级未同意", "解释清楚", "异议成立",
           "重新办理")


def play(folder):
    done = subprocess.run([str(ROOT / "samples/run"), "--exit", "--port", str(free_port()),
                           "--folder", str(folder)],
                          capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def check(said, folder):
    for story in STORIES:
        assert story in said, f"the story {story} is not told"
    cases = int(re.search(r"Done: (\d+) cases", said).group(1))
    assert cases >= 120, said[-500:]
    for file in ("yimen.db", "yimen.db.key", "accounts.txt", "yimen.log"):
        assert (folder / file).exists(), f"there is no {file}"
    assert not (folder / "yimen.pid").exists(), "the server was left running"
    assert (folder / "accounts.txt").stat().st_mode & 0o077 == 0, "others can read the accounts"
    return cases


def refuses_a_folder_with_other_things(folder):
    (folder / "mine.txt").write_text("示例\n", encoding="utf-8")
    done = subprocess.run([str(ROOT / "samples/run"), "--exit", "--folder", str(folder)],
                          capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 1 and "other things" in done.stderr, done.stderr
    assert (folder / "mine.txt").exists()


# All that `rebuild` makes again, in an order of its own; rowids differ. Rungs that have acted stay.
PROJECTIONS = {
    "cases": "id", "case_documents": "case_id",
    "clock_segments": "case_id, clock, started_by, recorded_by",
    "rungs": "case_id, clock, started_by, rung",
    "case_units_by_due": "jurisdiction, unit, is_closed, due_at, case_id",
    "case_units_by_opened": "jurisdiction, unit, is_closed, opened_at, case_id",
    "case_persons": "jurisdiction, person, case_id, role",
    "audit_clocks": "jurisdiction, clock, started_at, case_id, started_by, recorded_by",
    "audit_marks": "case_id, sequence, kind"}


def projections(folder):
    with contextlib.closing(sqlite3.connect(folder / "yimen.db")) as database:
        return {table: database.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
                for table, order in PROJECTIONS.items()}


def spoil(folder):
    with contextlib.closing(sqlite3.connect(folder / "yimen.db")) as database, database:
        database.executescript("""
            UPDATE cases SET state = 'archived', holder_unit = 'nowhere', due_at = 5, revision = 1;
            UPDATE case_documents SET document = '{}';
            DELETE FROM clock_segments WHERE clock = 'state';
            DELETE FROM rungs WHERE done_at IS NULL;
            UPDATE case_units_by_due SET unit = 'x' || unit;
            DELETE FROM case_persons WHERE role = 'acted';
            DELETE FROM audit_clocks WHERE is_late = 1 OR clock = 'papers';
            UPDATE audit_clocks SET holder_unit = 'nowhere', superseded_at = 7;
            DELETE FROM audit_marks;
        """)


def rebuilds_every_projection(folder):
    before = projections(folder)
    assert len(before["cases"]) >= 120 and len(before["clock_segments"]) > 1000
    assert len(before["audit_clocks"]) > 1000 and len(before["audit_marks"]) > 0
    spoil(folder)
    assert projections(folder) != before
    done = subprocess.run([str(ROOT / "build/release/yimen"), "rebuild", "--database",
                           f"sqlite:{folder / 'yimen.db'}"],
                          capture_output=True, text=True, check=False, cwd=ROOT, timeout=600)
    assert done.returncode == 0, done.stderr
    after = projections(folder)
    for table, rows in before.items():
        differing = [pair for pair in itertools.zip_longest(rows, after[table])
                     if pair[0] != pair[1]]
        assert not differing, f"{table}: {len(differing)} rows differ, first {differing[0]}"
    print(done.stdout.strip(), flush=True)


def main():
    with tempfile.TemporaryDirectory(prefix="yimen-samples-") as name:
        folder = pathlib.Path(name) / "township"
        for time in ("first", "second"):
            print(f"The {time} time: {check(play(folder), folder)} cases", flush=True)
        rebuilds_every_projection(folder)
        with tempfile.TemporaryDirectory(prefix="yimen-samples-") as other:
            refuses_a_folder_with_other_things(pathlib.Path(other))
    return 0


if __name__ == "__main__":
    sys.exit(main())
