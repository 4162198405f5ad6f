"""kill -9 in the middle of load, again and again: what was acknowledged is there, once.

Several threads open cases, annotate them and move them to and fro. Every request is logged as ok,
refused or unknown; after each restart the unknown ones are resolved by their idempotency keys, and
the database is compared with what the log says it must hold.

  kill_test.py [--yimen FILE] [--kills N] [--threads N] [--seed N]
"""

import http.client
import json
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import threading
import time

from program import Caller, Program, arguments

import people

VILLAGES = ("heyu_community", "shili_1", "shili_2", "shili_3", "shili_4")
PASSWORD = "correct horse battery"
REPLAYED = 40  # acknowledged requests repeated after each kill
READ = 40  # cases read through the API after each kill; the tables are compared whole


class Operation:
    """One request that changes something, and what is known of it."""

    def __init__(self, caller, path, body, key, tag=None):
        self.caller, self.path, self.body, self.key, self.tag = caller, path, body, key, tag
        self.answer = None  # status and body once acknowledged

    def repeat(self):
        self.caller.close()
        return self.send()

    def send(self):
        status, text, _ = self.caller.call("POST", self.path, self.body, self.key, self.tag)
        assert 200 <= status < 300, f"{self.path} {self.body}: {status} {text.decode()}"
        return status, text

    def perform(self):
        """True when acknowledged, False when nobody knows."""
        try:
            self.answer = self.send()
            return True
        except (OSError, http.client.HTTPException):
            return False


class Clerk(threading.Thread):
    """A village's two posts at work on cases of their own, one request after another."""

    def __init__(self, world, village, number):
        super().__init__(daemon=True)
        self.world, self.village, self.random = world, village, random.Random(world.seed + number)
        self.worker = Caller(world.program.port, world.tokens[f"{village}_worker"])
        self.head = Caller(world.program.port, world.tokens[f"{village}_commander"])
        self.cases = {}      # id -> the last answer
        self.visited = set()
        self.entries = {}    # id -> how many entries its journal must hold
        self.done = []       # acknowledged operations
        self.unknown = None  # the one that was under way
        self.counter = 0
        self.fault = None

    def run(self):
        try:
            while self.step():
                pass
        except Exception as fault:  # pylint: disable=broad-except
            self.fault = fault

    def step(self):
        operation = self.next_operation()
        if not operation.perform():
            self.unknown = operation
            return False
        self.note(operation)
        self.world.acknowledged()
        return True

    def note(self, operation):
        case = json.loads(operation.answer[1])
        self.cases[case["id"]] = case
        self.entries[case["id"]] = self.entries.get(case["id"], 0) + 1
        self.done.append(operation)

    def resolve(self):
        """The same request again after the restart: it counts once, whenever it happened."""
        if self.unknown is not None:
            assert self.unknown.perform(), "a request failed after the restart"
            self.note(self.unknown)
            self.unknown = None

    def key(self):
        self.counter += 1
        return f"{self.name}-{self.village}-{self.counter}"

    def next_operation(self):
        choice = self.random.random()
        if not self.cases or choice < 0.15:
            return self.opening()
        case = self.cases[self.random.choice(list(self.cases))]
        path = f"/v1/cases/{case['id']}"
        if choice < 0.5:
            return Operation(self.worker, f"{path}/annotations",
                             {"annotation": "note",
                              "data": {"text": f"示例记录{self.counter}"}}, self.key())
        if case["id"] not in self.visited:
            return self.visit(path, case)
        return self.move(path, case)

    def opening(self):
        person, household = self.world.homes[self.village]
        facts = {
            "channel": "patrol", "place": {"village": self.village, "registered_outside": False},
            "subject": person, "household": household, "key_category": "other",
            "category": "temporary_relief", "known": "示例走访记录", "emergency": False,
            "restricted": "none", "authorisation": True,
        }
        return Operation(self.worker, "/v1/cases", {"procedure": "assistance", "facts": facts},
                         self.key())

    def visit(self, path, case):
        self.visited.add(case["id"])
        ids = [self.world.ids[f"{self.village}_{post}"] for post in ("worker", "commander")]
        data = {"kind": "home", "visitors": ids, "household_seen": True, "findings": "示例情况"}
        return Operation(self.worker, f"{path}/annotations",
                         {"annotation": "record_visit", "data": data}, self.key())

    def move(self, path, case):
        tag = f'"r{case["revision"]}"'
        if case["state"] == "discovered":
            return Operation(self.worker, f"{path}/transitions",
                             {"event": "submit_for_review", "data": {}}, self.key(), tag)
        data = {"missing_codes": ["income_proof"], "missing": "示例缺项"}
        return Operation(self.head, f"{path}/transitions",
                         {"event": "request_facts", "data": data}, self.key(), tag)


class World:
    """The township under load, and what it must hold."""

    def __init__(self, program, seed, threads):
        self.program, self.seed, self.kills = program, seed, 0
        self.random = random.Random(seed)
        self.enough, self.left = threading.Event(), 0
        self.tokens, self.ids, self.homes = {}, {}, {}
        self.furnish(VILLAGES[:threads])
        self.clerks = []

    def furnish(self, villages):
        administrator = Caller(self.program.port).log_in("administrator", PASSWORD)
        names = [("station_clerk", "station_clerk", "station")]
        for village in villages:
            names.append((f"{village}_worker", "village_worker", village))
            names.append((f"{village}_commander", "village_commander", village))
        for name, post, unit in names:
            made = administrator.made("/v1/users", {
                "name": name, "display_name": name, "password": PASSWORD,
                "posts": [{"post": post, "unit": unit}]}, f"user-{name}")
            self.ids[name] = made["id"]
            self.tokens[name] = Caller(self.program.port).log_in_first(name, PASSWORD).token
        self.clerk = Caller(self.program.port, self.tokens["station_clerk"])
        for village, person in zip(villages, people.invent(len(villages), self.seed)):
            head = self.clerk.made("/v1/persons", {**person, "village": village}, f"p-{village}")
            home = self.clerk.made("/v1/households", {
                "village": village, "head": head["id"], "address": "示例组一号"}, f"h-{village}")
            self.homes[village] = (head["id"], home["id"])

    def acknowledged(self):
        """Counts down to the kill."""
        self.left -= 1
        if self.left <= 0:
            self.enough.set()

    def load_until_killed(self):
        """Every village at work until a random number of answers has come."""
        previous = {clerk.village: clerk for clerk in self.clerks}
        self.clerks, self.left = [], self.random.randint(1, 100)
        self.enough.clear()
        for number, village in enumerate(self.homes):
            clerk = Clerk(self, village, number + 1000 * self.kills)
            old = previous.get(village)
            if old is not None:
                clerk.cases, clerk.entries, clerk.done = old.cases, old.entries, old.done
                clerk.counter, clerk.visited = old.counter, old.visited
            self.clerks.append(clerk)
            clerk.start()
        self.enough.wait(60)
        time.sleep(self.random.uniform(0.0, 0.03))  # anywhere between two answers
        self.kills += 1
        self.program.kill()
        for clerk in self.clerks:
            clerk.join(60)
            if clerk.fault is not None:
                raise clerk.fault

    def compare(self):
        """The database against the log."""
        self.clerk.close()  # its connection died with the server
        for clerk in self.clerks:
            clerk.resolve()
        expected = {case_id: (entries, clerk.cases[case_id]["state"])
                    for clerk in self.clerks for case_id, entries in clerk.entries.items()}
        assert self.rows() == expected, "the cases are not those that were acknowledged"
        for case_id in self.random.sample(list(expected), min(len(expected), READ)):
            case = self.clerk.get(f"/v1/cases/{case_id}")
            assert (case["sequence"], case["state"]) == expected[case_id], case_id
        acknowledged = [operation for clerk in self.clerks for operation in clerk.done]
        recent = acknowledged[-REPLAYED // 2:]
        for operation in recent + self.random.choices(acknowledged, k=REPLAYED // 2):
            assert operation.repeat() == operation.answer, f"{operation.path} {operation.key}"
        cases = sum(len(clerk.entries) for clerk in self.clerks)
        entries = sum(sum(clerk.entries.values()) for clerk in self.clerks)
        return cases, entries

    def rows(self):
        """Every case with how many entries it has and where it stands."""
        database = sqlite3.connect(f"file:{self.program.database}?mode=ro", uri=True)
        found = {case_id: (entries, state) for case_id, entries, state in database.execute(
            "SELECT c.id, count(*), c.state FROM cases AS c "
            "JOIN journal AS j ON j.case_id = c.id GROUP BY c.id")}
        database.close()
        return found


def examine_wreck(program):
    """A copy of what the kill left: pages whole, chains whole, tables as the journal says."""
    with tempfile.TemporaryDirectory(prefix="yimen-wreck-") as folder:
        for file in program.folder.glob("yimen.db*"):
            if file.suffix not in (".lock", ".db-shm"):
                shutil.copy(file, folder)
        wreck = pathlib.Path(folder) / "yimen.db"
        database = sqlite3.connect(wreck)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        database.close()
        copied = Program(program.yimen, folder)
        for command in ("verify", "replay-check"):
            status, said = copied.run(command)
            assert status == 0, f"{command}: {status} {said}"


def main():
    given = arguments(__doc__.splitlines()[0], kills=10, threads=4, seed=39)
    starts = []
    with Program(given.yimen) as program:
        program.make_sample(PASSWORD).start()
        world = World(program, given.seed, given.threads)
        for kill in range(1, given.kills + 1):
            world.load_until_killed()
            examine_wreck(program)
            program.start()
            starts.append(program.started_in)
            cases, entries = world.compare()
            if given.kills <= 20 or kill % 20 == 0:
                print(f"kill {kill}: {cases} cases, {entries} entries, "
                      f"started in {program.started_in:.2f} s", flush=True)
        assert program.stop() == 0
        for command in ("verify", "replay-check"):
            program.must(command)
    print(f"{given.kills} kills (seed {given.seed}): {entries} acknowledged changes, 0 lost, "
          f"0 doubled; start-up at most {max(starts):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
