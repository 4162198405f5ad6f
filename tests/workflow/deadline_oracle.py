"""Due dates by literally walking the days, straight from the calendar files: the second opinion
that deadline_test.cpp checks the engine against. Prints one case a line:
start unit amount due [from/to ...]    (unit+rolls: moved to the next working day)

deadline_oracle.py CALENDARS           prints the cases
deadline_oracle.py CALENDARS VECTORS   compares them with the committed text
"""
import datetime as dt
import json
import pathlib
import sys

CASES = 420
ON_THE_LAST_DAY = 80  # more, that are suspended on it
AT_EACH_EDGE = 40     # more, that begin or end where calendars are hard
DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
UNITS = ["working_days", "working_days", "working_days", "calendar_days", "calendar_days+rolls",
         "hours", "months", "months+rolls", "same_day", "end_of_month", "end_of_month+rolls",
         "day_of_month", "day_of_next_month"]
AMOUNT_MAX = {"working_days": 60, "calendar_days": 60, "hours": 120, "months": 14,
              "day_of_month": 31, "day_of_next_month": 31}


class Dice:
    """A generator of our own, so that no release of Python changes the cases."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


def read_days_off(folder):
    listed = {}
    for path in sorted(pathlib.Path(folder).glob("[0-9][0-9][0-9][0-9].json")):
        for day in json.loads(path.read_text(encoding="utf-8"))["days"]:
            listed[day["date"]] = day["day_off"]
    return listed


def is_off(day, listed):
    return listed.get(day.isoformat(), day.isoweekday() in (6, 7))


def is_suspended(day, stops):
    return any(begin.date() < day <= end.date() for begin, end in stops)


def is_last_of_month(day):
    return (day + DAY).month != day.month


def months_later(day, amount):
    wanted, crossed = day.day, 0
    while True:
        if crossed == amount and (day.day == wanted or is_last_of_month(day)):
            return day
        day += DAY
        crossed += day.day == 1


def day_numbered(day, number):
    while day.day != number and not is_last_of_month(day):
        day += DAY
    return day


def first_of_next_month(day):
    while True:
        day += DAY
        if day.day == 1:
            return day


def fixed_day(unit, start, amount):
    if unit == "same_day":
        return start
    if unit == "end_of_month":
        return day_numbered(start, 31)
    if unit == "day_of_next_month" or start.day > amount:
        start = first_of_next_month(start)
    return day_numbered(start, amount)


def walk(unit, start, amount, stops, listed):
    day, left = start, amount
    if unit == "months":
        left = (months_later(start, amount) - start).days
    while left:
        day += DAY
        if is_suspended(day, stops):
            continue
        if unit == "working_days" and is_off(day, listed):
            continue
        left -= 1
    return given_back(unit, day, stops, listed)


def given_back(unit, day, stops, listed):
    """A stop that begins on the last day gives it back when it ends."""
    while True:
        ends = [end.date() for begin, end in stops if begin.date() <= day < end.date()]
        if not ends:
            return day
        day = ends[0]
        while unit == "working_days" and is_off(day, listed):
            day += DAY


def due(unit, start, amount, stops, listed):
    unit, _, rolls = unit.partition("+")
    if unit == "hours":
        at, left = start, amount * 60
        while left:
            left -= not any(begin <= at < end for begin, end in stops)
            at += MINUTE
        return at
    if unit in ("working_days", "calendar_days", "months"):
        day = walk(unit, start.date(), amount, stops, listed)
    else:
        day, stops = fixed_day(unit, start.date(), amount), []
    while rolls and (is_off(day, listed) or is_suspended(day, stops)):
        day += DAY
    midnight = dt.datetime.combine(day + DAY, dt.time(), SHANGHAI)
    return midnight - dt.timedelta(milliseconds=1)


def text(at):
    return at.astimezone(dt.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def make_stops(dice, start, unit):
    reach_days = 3 if unit == "hours" else 20
    stops = []
    for _ in range(dice.below(4) if dice.below(2) else 0):
        begin = start + dice.below(reach_days * 1440) * MINUTE
        stops.append((begin, begin + (1 + dice.below(9 * 1440)) * MINUTE))
    return stops


def lines(listed):
    dice = Dice(20210139)
    first = dt.datetime(2021, 1, 1, tzinfo=SHANGHAI)
    for _ in range(CASES):
        start = first + dice.below(2191) * DAY + dice.below(1440) * MINUTE
        unit = UNITS[dice.below(len(UNITS))]
        largest = AMOUNT_MAX.get(unit.partition("+")[0], 0)
        amount = 1 + dice.below(largest) if largest else 0
        stops = make_stops(dice, start, unit)
        at = due(unit, start, amount, stops, listed)
        yield " ".join([text(start), unit, str(amount), text(at)] +
                       [text(begin) + "/" + text(end) for begin, end in stops])


def lines_of_last_days(listed):
    dice = Dice(20260309)
    first = dt.datetime(2021, 1, 1, tzinfo=SHANGHAI)
    for _ in range(ON_THE_LAST_DAY):
        start = first + dice.below(2100) * DAY + dice.below(1440) * MINUTE
        unit = ("working_days", "calendar_days", "calendar_days+rolls", "months")[dice.below(4)]
        amount = 1 + dice.below(20 if unit != "months" else 6)
        last = due(unit.partition("+")[0], start, amount, [], listed)
        begin = last - (1 + dice.below(1438)) * MINUTE + dt.timedelta(milliseconds=1)
        stops = [(begin, begin + (1 + dice.below(9 * 1440)) * MINUTE)]
        at = due(unit, start, amount, stops, listed)
        yield " ".join([text(start), unit, str(amount), text(at)] +
                       [text(begin) + "/" + text(end) for begin, end in stops])


def edges(listed):
    """Days of 2021 to 2026 about which calendars are got wrong, by what they are."""
    everyday = [dt.date(2021, 1, 1) + number * DAY for number in range(2191)]
    off = [day for day in everyday if is_off(day, listed)]
    return {
        "new_year": [day for day in everyday if (day + 3 * DAY).timetuple().tm_yday <= 6],
        "make_up": [day for day in everyday if day.isoweekday() > 5 and not is_off(day, listed)],
        "month_end": [day for day in everyday if is_last_of_month(day)],
        "end_of_february": [day for day in everyday if (day.month, day.day) in
                            ((1, 29), (1, 30), (1, 31), (2, 28), (2, 29), (3, 1))],
        "holiday": [day for day in off if day.isoweekday() <= 5],
        "day_before_time_off": [day for day in everyday if not is_off(day, listed)
                                and is_off(day + DAY, listed)],
    }


def start_for(dice, day, unit, amount, listed):
    """On the day itself, or so that a count of days ends on it or just after."""
    if unit.partition("+")[0] not in ("working_days", "calendar_days") or dice.below(2):
        return day
    while amount:
        day -= DAY
        amount -= not (unit == "working_days" and is_off(day, listed))
    return day


def lines_at_edges(listed):
    dice = Dice(20210101)
    units = ("working_days", "calendar_days", "calendar_days+rolls", "months", "months+rolls",
             "hours", "same_day", "end_of_month", "day_of_month", "day_of_next_month")
    for days in edges(listed).values():
        for number in range(AT_EACH_EDGE):
            unit = units[number % len(units)]
            largest = AMOUNT_MAX.get(unit.partition("+")[0], 0)
            amount = 1 + dice.below(min(largest, 31)) if largest else 0
            day = start_for(dice, days[dice.below(len(days))], unit, amount, listed)
            midnight = dt.datetime.combine(day, dt.time(), SHANGHAI)
            start = midnight + dice.below(1440) * MINUTE
            at = due(unit, start, amount, [], listed)
            yield " ".join([text(start), unit, str(amount), text(at)])


def every_line(listed):
    yield from lines(listed)
    yield from lines_of_last_days(listed)
    yield from lines_at_edges(listed)


def main():
    printed = "".join(line + "\n" for line in every_line(read_days_off(sys.argv[1])))
    if len(sys.argv) == 2:
        sys.stdout.write(printed)
    elif pathlib.Path(sys.argv[2]).read_text(encoding="utf-8") != printed:
        sys.exit("the committed vectors differ from the oracle's")


if __name__ == "__main__":
    main()
