"""Deadlines under a clock that jumps, stands still and goes back, and under kill -9.

Cases are opened on a Monday under libfaketime; then the clock is led over their deadlines. At the
end every rung of every ladder must have acted, none early, with exactly one effect each. How late
they may be at an instant that many share is judged where --lateness says so: it is the machine's
too, and the suite's may be busy.

  deadline_test.py [--yimen FILE] [--deadlines N] [--kills N] [--seed N] [--lateness MILLISECONDS]
"""

import collections
import datetime
import json
import os
import pathlib
import random
import sqlite3
import sys
import threading
import time

from program import POLL, Caller, Program, arguments

from kill_test import PASSWORD, VILLAGES, World, examine_wreck

LIBRARY = next(iter(sorted(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)
UTC = datetime.timezone.utc
OPENED_AT = datetime.datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, nine in Shanghai
EXPIRY = datetime.datetime(2026, 3, 9, 16, 0, tzinfo=UTC)    # five working days are over
RUNGS_A_CASE = 20   # at least: two clocks of eight rungs, and the orders that follow
SETTLED_WITHIN = 600.0  # seconds; bounds the wait


class FakeClock:
    """What libfaketime reads: an offset to the real time, or an instant at which it stands."""

    def __init__(self, folder):
        self.file = folder / "faketime"
        self.offset = 0.0
        self.stands_at = None

    def environment(self):
        return {"LD_PRELOAD": str(LIBRARY), "FAKETIME_TIMESTAMP_FILE": str(self.file),
                "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}

    def go_to(self, at):
        self.stands_at = None
        self.offset = at.timestamp() - time.time()
        self._write(f"{self.offset:+.3f}")

    def forward(self, **delta):
        self.go_to(self.now() + datetime.timedelta(**delta))

    def freeze(self):
        self.stands_at = self.now().replace(microsecond=0)
        self._write(f"{self.stands_at:%Y-%m-%d %H:%M:%S}")

    def now(self):
        if self.stands_at is not None:
            return self.stands_at
        return datetime.datetime.fromtimestamp(time.time() + self.offset, UTC)

    def _write(self, text):
        fresh = self.file.with_suffix(".new")
        fresh.write_text(text + "\n", encoding="ascii")
        fresh.replace(self.file)  # never read half


class TimedProgram(Program):
    """The server under the fake clock; commands run in real time."""

    def __init__(self, yimen):
        super().__init__(yimen)
        self.clock = FakeClock(self.folder)

    def start(self, flags=None, cwd=None):
        fake = self.clock.environment()
        os.environ.update(fake)
        try:
            return super().start(flags, cwd)
        finally:
            for name in fake:
                del os.environ[name]

    def query(self, sql, *parameters):
        database = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return database.execute(sql, parameters).fetchall()
        finally:
            database.close()

    def waiting(self):
        """How much is due at the clock's now and has not been done."""
        now = int(self.clock.now().timestamp() * 1000)
        return self.query(
            "SELECT (SELECT count(*) FROM rungs WHERE is_armed = 1 AND due_at <= ?) +"
            " (SELECT count(*) FROM outbox WHERE done_at IS NULL AND ordinal > 0)", now)[0][0]

    def settle(self):
        begun = time.monotonic()
        while self.waiting() > 0:
            assert self.process.poll() is None, f"the server ended: {self.log()[-800:]}"
            assert time.monotonic() - begun < SETTLED_WITHIN, f"{self.waiting()} wait"
            time.sleep(POLL * 5)

    def turns(self):
        """How often the worker has looked since it started."""
        name = "yimen_worker_turns_total "
        status, text, _ = Caller(self.port).call("GET", "/metrics")
        assert status == 200, f"/metrics: {status}"
        return next(int(line[len(name):]) for line in text.decode().splitlines()
                    if line.startswith(name))

    def let_it_look(self, times):
        """Waits until the worker has looked so often from now on."""
        enough = self.turns() + times + 1  # one may be under way
        begun = time.monotonic()
        while self.turns() < enough:
            assert time.monotonic() - begun < SETTLED_WITHIN, "the worker stands still"
            time.sleep(POLL * 5)

    def done(self):
        return self.query("SELECT count(*) FROM rungs WHERE done_at IS NOT NULL")[0][0]


def open_cases(world, count):
    """Villages open cases side by side, as many as asked for."""
    def work(village, number):
        worker = Caller(world.program.port, world.tokens[f"{village}_worker"])
        person, household = world.homes[village]
        for case in range(number, count, len(VILLAGES)):
            worker.made("/v1/cases", {"procedure": "assistance", "facts": {
                "channel": "patrol", "place": {"village": village, "registered_outside": False},
                "subject": person, "household": household, "key_category": "other",
                "category": "temporary_relief", "known": "示例走访记录", "emergency": False,
                "restricted": "none", "authorisation": True}}, f"case-{case}")
    hands = [threading.Thread(target=work, args=(village, number))
             for number, village in enumerate(VILLAGES)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    found = world.program.query("SELECT count(*) FROM cases")[0][0]
    assert found == count, f"{found} cases of {count}"


def pass_expiry(program):
    """The last seconds of the last day: how late the rungs of expiry are, in milliseconds."""
    program.clock.go_to(EXPIRY - datetime.timedelta(minutes=1))
    program.settle()
    program.clock.go_to(EXPIRY - datetime.timedelta(seconds=2))
    program.let_it_look(1)
    due = int(EXPIRY.timestamp() * 1000)
    early = program.query("SELECT count(*) FROM rungs WHERE done_at < due_at")[0][0]
    assert early == 0, f"{early} rungs acted before they were due"
    while program.clock.now() <= EXPIRY:
        time.sleep(POLL)
    program.settle()
    late = sorted(row[0] for row in program.query(
        "SELECT done_at - due_at FROM rungs WHERE due_at BETWEEN ? AND ?", due, due + 1))
    assert late, "nothing expired"
    return late


def lead_over_deadlines(program, kills, chance):
    """Back, frozen, forward by days with a kill in each, and far ahead."""
    done = program.done()
    program.clock.forward(days=-2)
    program.let_it_look(3)
    assert program.done() == done, "something acted when the clock went back"
    program.kill()
    program.start()
    program.clock.forward(days=3)
    program.clock.freeze()
    program.settle()
    for _ in range(kills):
        program.clock.forward(days=1)
        time.sleep(chance.uniform(0.0, 0.25))
        program.kill()
        examine_wreck(program)
        program.start()
        program.settle()
    for days in (400, 60):  # orders that were issued on the way have deadlines of their own
        program.clock.forward(days=days)
        program.settle()


def examine(program):
    """Every rung has acted, none early, each with one effect. How many there were."""
    left = program.query("SELECT count(*) FROM rungs WHERE done_at IS NULL")[0][0]
    assert left == 0, f"{left} rungs have not acted"
    early = program.query("SELECT count(*) FROM rungs WHERE done_at < due_at")[0][0]
    assert early == 0, f"{early} rungs acted early"
    wanted = collections.Counter()
    for case, rung, count in program.query(
            "SELECT case_id, rung, count(*) FROM rungs GROUP BY case_id, rung"):
        wanted[(case, rung)] = count
    taken = collections.Counter()
    for case, text in program.query("SELECT case_id, bytes FROM journal"):
        event = json.loads(text)["event"]
        taken[(case, {"supervise": "supervision_order"}.get(event, event))] += 1
    supervised = 0
    for (case, rung), count in wanted.items():
        if rung in ("urge", "supervision_order"):
            assert taken[(case, rung)] == count, f"{case}: {taken[(case, rung)]} x {rung}"
            supervised += count if rung == "supervision_order" else 0
    orders = program.query(
        "SELECT count(*) FROM cases WHERE procedure = 'supervision_order'")[0][0]
    assert orders == supervised, f"{orders} orders for {supervised} lapses"
    untold = program.query(
        "SELECT count(*) FROM rungs AS r WHERE r.rung NOT IN ('urge', 'supervision_order')"
        " AND NOT EXISTS (SELECT 1 FROM notifications AS n WHERE n.case_id = r.case_id"
        " AND n.mark = r.clock || ':' || r.started_by || ':' || r.rung)")[0][0]
    assert untold == 0, f"{untold} rungs told nobody"
    return program.done(), orders


def main():
    given = arguments(__doc__.splitlines()[0], deadlines=2_000, kills=3, seed=39,
                      lateness=0)
    assert LIBRARY is not None, "libfaketime is missing: samples/install faketime"
    chance = random.Random(given.seed)
    with TimedProgram(given.yimen) as program:
        program.clock.go_to(OPENED_AT)
        program.must("migrate")
        program.add_administrator(PASSWORD).start()
        world = World(program, given.seed, len(VILLAGES))
        open_cases(world, -(-given.deadlines // RUNGS_A_CASE))
        late = pass_expiry(program)
        lead_over_deadlines(program, given.kills, chance)
        acted, orders = examine(program)
        assert acted >= given.deadlines, f"only {acted} deadlines"
        assert program.stop() == 0
        for command in ("verify", "replay-check"):
            program.must(command)
    p99 = late[int(len(late) * 0.99)] if len(late) > 1 else late[0]
    assert given.lateness == 0 or p99 <= given.lateness, f"p99 of lateness {p99} ms"
    print(f"{acted} deadlines and {orders} supervision orders over {given.kills} kills "
          f"(seed {given.seed}): each acted once, none early; {len(late)} at one instant, "
          f"lateness p50 {late[len(late) // 2]} ms, p99 {p99} ms, at most {late[-1]} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
