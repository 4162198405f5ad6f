"""samples/run as a stranger runs it: a free port, a folder of its own, twice in a row.

  samples_test.py
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from program import ROOT, free_port

STORIES = ("一件普通低保", "半夜急难", "村级未同意", "解释清楚", "异议成立")


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


def main():
    with tempfile.TemporaryDirectory(prefix="yimen-samples-") as name:
        folder = pathlib.Path(name) / "township"
        for time in ("first", "second"):
            print(f"The {time} time: {check(play(folder), folder)} cases", flush=True)
        with tempfile.TemporaryDirectory(prefix="yimen-samples-") as other:
            refuses_a_folder_with_other_things(pathlib.Path(other))
    return 0


if __name__ == "__main__":
    sys.exit(main())
