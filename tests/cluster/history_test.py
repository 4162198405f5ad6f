"""The judge of histories is judged: it passes good ones and fails each of many spoilt ones.

A good history is made by clients whose requests overlap on cases that behave; then one thing is
spoilt, and the judge must say which.

  history_test.py
"""

import dataclasses
import pathlib
import random
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples"))

from cluster_lib.load import Operation  # noqa: E402
from history import check  # noqa: E402

SEEDS = range(25)  # of each kind
CASES = ("case-a", "case-b", "case-c")
REQUESTS = 120


def good_history(seed):
    """Operations and journals of cases that behave; now and then an answer is lost."""
    chance = random.Random(seed)
    asked = []
    for number in range(REQUESTS):
        begun = chance.uniform(0, 100)
        happens = begun + chance.uniform(0, 3)
        asked.append((happens, begun, happens + chance.uniform(0, 3), number))
    versions, operations = dict.fromkeys(CASES, 0), []
    for happens, begun, ended, number in sorted(asked):
        case = CASES[number % len(CASES)]
        is_lost = chance.random() < 0.05
        kind = chance.choice(("read", "write", "write"))
        operation = Operation(kind, case, f"k{number}", begun=begun)
        now = versions[case]
        if kind == "write" and chance.random() < 0.5:
            operation.base = max(0, now - chance.choice((0, 0, 1)))
        refused = operation.base is not None and operation.base != now
        if kind == "write" and not refused and not (is_lost and chance.random() < 0.5):
            versions[case] = now + 1
        if not is_lost:
            operation.outcome = "refused" if refused else "ok"
            operation.ended = ended
            operation.version = None if refused else versions[case]
        operations.append(operation)
    journals = {case: list(range(1, version + 1)) for case, version in versions.items()}
    return operations, journals


def acknowledged(operations, kind="write"):
    return [one for one in operations if one.outcome == "ok" and one.kind == kind]


def loses_the_last(operations, journals, chance):
    last = chance.choice([one for one in acknowledged(operations)
                          if one.version == len(journals[one.case])])
    journals[last.case].pop()


def overwrites_what_lies_between(operations, _, chance):
    standing = chance.choice([one for one in acknowledged(operations) if one.base])
    standing.base -= 1


def reads_what_is_old(operations, _, chance):
    read, write = chance.choice([
        (read, write) for read in acknowledged(operations, "read")
        for write in acknowledged(operations)
        if write.case == read.case and write.ended < read.begun])
    read.version = write.version - 1


def reads_backwards(operations, _, chance):
    later, earlier = chance.choice([
        (later, earlier) for later in acknowledged(operations, "read")
        for earlier in acknowledged(operations, "read")
        if earlier.case == later.case and earlier.ended < later.begun and earlier.version > 0])
    later.version = earlier.version - 1


def makes_one_version_twice(operations, _, chance):
    one, other = chance.choice([
        (one, other) for one in acknowledged(operations) for other in acknowledged(operations)
        if one.case == other.case and one.key != other.key])
    other.version = one.version


def lets_two_stand_on_one(operations, _, chance):
    one, other = chance.choice([
        (one, other) for one in acknowledged(operations) for other in acknowledged(operations)
        if one.case == other.case and one.key != other.key and other.base is not None
        and one.base is not None])
    other.base = one.base


def answers_a_repeat_anew(operations, _, chance):
    write = chance.choice(acknowledged(operations))
    operations.append(dataclasses.replace(write, version=write.version + 1))


def keeps_an_entry_twice(_, journals, chance):
    journal = journals[chance.choice(CASES)]
    journal.insert(journal.index(chance.choice(journal)), journal[0])
    journal.sort()


def does_a_write_twice(operations, journals, chance):
    case = chance.choice(CASES)
    unknown = sum(one.case == case and one.outcome == "unknown" for one in operations)
    journals[case] += range(len(journals[case]) + 1, len(journals[case]) + 2 + unknown)


def leaves_an_entry_out(_, journals, chance):
    journal = journals[chance.choice(CASES)]
    journal.remove(chance.choice(journal[:-1]))


SPOILT = ((loses_the_last, "lost_update"), (overwrites_what_lies_between, "lost_update"),
          (reads_what_is_old, "stale_read"), (reads_backwards, "stale_read"),
          (makes_one_version_twice, "fork"), (lets_two_stand_on_one, "fork"),
          (answers_a_repeat_anew, "duplicate"), (keeps_an_entry_twice, "duplicate"),
          (does_a_write_twice, "invented"), (leaves_an_entry_out, "gap"))


class Histories(unittest.TestCase):
    def test_good_ones_pass(self):
        for seed in SEEDS:
            operations, journals = good_history(seed)
            self.assertGreater(len(acknowledged(operations)), 40)
            self.assertEqual(check(operations, journals), [], f"seed {seed}")

    def test_each_spoilt_one_is_found(self):
        for spoil, kind in SPOILT:
            for seed in SEEDS:
                operations, journals = good_history(seed)
                spoil(operations, journals, random.Random(seed))
                found = {anomaly.kind for anomaly in check(operations, journals)}
                self.assertIn(kind, found, f"{spoil.__name__}, seed {seed}")


if __name__ == "__main__":
    unittest.main()
