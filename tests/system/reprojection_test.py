"""Another calendar at run time, and kill -9 while the dates of running clocks are counted again.

Cases are opened on a Monday before New Year under libfaketime; then the year's notice is loaded and
the program is killed again and again. At the end each case has one entry that moves its dates, and
its dates are those of the oracle, which walks the days by itself.

  reprojection_test.py [--yimen FILE] [--cases N] [--kills N] [--seed N]
"""

import datetime
import json
import random
import sys
import time

from deadline_test import UTC, TimedProgram, open_cases
from kill_test import PASSWORD, VILLAGES, World, examine_wreck
from program import POLL, ROOT, Caller, arguments

sys.path.insert(0, str(ROOT / "tests/workflow"))
import deadline_oracle  # pylint: disable=wrong-import-position

OPENED_AT = datetime.datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
LIMITS = {"state": 5, "discovery": 10}  # working days
# Monday and Tuesday, 4 and 5 January, are off too, and the Saturday behind them is worked.
NOTICE = {"year": 2027, "status": "announced", "days": [
    {"date": "2027-01-01", "day_off": True, "name": "元旦"},
    {"date": "2027-01-04", "day_off": True, "name": "元旦"},
    {"date": "2027-01-05", "day_off": True, "name": "元旦"},
    {"date": "2027-01-09", "day_off": False, "name": "元旦"}]}
SETTLING = datetime.timedelta(seconds=6)  # more than the program waits before it begins
WITHIN = 300.0  # seconds; bounds the wait


def load_notice(program, token):
    administrator = Caller(program.port, token)
    _, _, tag = administrator.call("GET", "/v1/calendar/2027")
    status, text, _ = administrator.call("PUT", "/v1/calendar/2027", NOTICE, tag=tag)
    assert status == 200, f"PUT /v1/calendar/2027: {status} {text.decode()}"


def recounted(program):
    """How many entries of each case move its dates."""
    counts = {}
    for case, text in program.query("SELECT case_id, bytes FROM journal WHERE sequence > 1"):
        entry = json.loads(text)
        if entry["event"] == "recount_deadlines":
            counts.setdefault(case, []).append(entry["data"])
    return counts


def wait_for(program, is_reached):
    begun = time.monotonic()
    while not is_reached():
        assert program.process.poll() is None, f"the server ended: {program.log()[-800:]}"
        assert time.monotonic() - begun < WITHIN, f"{len(recounted(program))} cases recounted"
        time.sleep(POLL)


def is_projected(program):
    rows = dict(program.query("SELECT name, value FROM settings WHERE name LIKE 'calendar%'"))
    return json.loads(rows["calendar_in_force"])["digest"] == rows.get("calendar_projected")


def kill_on_the_way(program, kills, chance):
    """How many cases were done at each kill."""
    done = []
    for _ in range(kills):
        before = len(recounted(program))
        program.clock.forward(seconds=SETTLING.total_seconds())
        wait_for(program, lambda: len(recounted(program)) > before or is_projected(program))
        time.sleep(chance.uniform(0.0, 0.02))
        program.kill()
        examine_wreck(program)
        done.append(len(recounted(program)))
        program.start()
    return done


def expected(listed):
    """By clock: the date before the notice and after, as the oracle walks to them."""
    opened = OPENED_AT.astimezone(deadline_oracle.SHANGHAI)
    by_notice = dict(listed)
    for day in [day for day in listed if day.startswith("2027")]:
        del by_notice[day]
    by_notice.update({day["date"]: day["day_off"] for day in NOTICE["days"]})
    return {clock: tuple(deadline_oracle.text(deadline_oracle.due("working_days", opened, days, [],
                                                                  one))
                         for one in (listed, by_notice))
            for clock, days in LIMITS.items()}


def examine(program, cases):
    dates = expected(deadline_oracle.read_days_off(ROOT / "definitions/calendars"))
    assert all(before != after for before, after in dates.values()), dates
    counts = recounted(program)
    assert len(counts) == cases, f"{len(counts)} of {cases} cases were recounted"
    for case, entries in counts.items():
        assert len(entries) == 1, f"{case} was recounted {len(entries)} times"
        moved = {date["clock"]: (date["from"], date["to"]) for date in entries[0]["dates"]}
        assert moved == dates, f"{case}: {moved} and not {dates}"
    for clock, (_, after) in dates.items():
        at = datetime.datetime.fromisoformat(after.replace("Z", "+00:00"))
        expiry = round(at.timestamp() * 1000) + 1
        armed = program.query("SELECT count(*) FROM rungs WHERE clock = ? AND rung = 'expired'"
                              " AND due_at = ?", clock, expiry)[0][0]
        assert armed == cases, f"{armed} rungs of {clock} expire on {after}"
    return dates


def main():
    given = arguments(__doc__.splitlines()[0], cases=200, kills=3, seed=27)
    chance = random.Random(given.seed)
    with TimedProgram(given.yimen) as program:
        program.clock.go_to(OPENED_AT)
        program.must("migrate")
        program.add_administrator(PASSWORD).start()
        world = World(program, given.seed, len(VILLAGES))
        open_cases(world, given.cases)
        administrator = Caller(program.port).log_in("administrator", PASSWORD)
        load_notice(program, administrator.token)
        done = kill_on_the_way(program, given.kills, chance)
        program.clock.forward(seconds=SETTLING.total_seconds())
        wait_for(program, lambda: is_projected(program))
        dates = examine(program, given.cases)
        assert program.stop() == 0
        for command in ("verify", "replay-check"):
            program.must(command)
    print(f"{given.cases} cases over {given.kills} kills (seed {given.seed}), {done} of them done "
          f"at the kills: each recounted once, to {dates}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
