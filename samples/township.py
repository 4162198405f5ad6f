"""Loads the sample township through the API and plays six cases in it."""

import argparse
import datetime
import os
import secrets
import sys

import people
import stories
from client import Casework, Client
from journeys import CATEGORIES, STATES, Journey

VILLAGES = ("heyu_community", "shili_1", "shili_2", "shili_3", "shili_4")
DEPARTMENTS = (
    "civil_affairs_office", "finance_office", "economic_development_office",
    "social_security_office", "urban_construction_office", "emergency_office",
    "rural_revitalization_office", "disabled_federation",
)
STATION_POSTS = (
    "station_clerk", "station_director", "deputy_commander", "commander", "hotline_operator",
    "platform_supervisor", "auditor",
)
CASES = 196  # fourteen states times fourteen categories
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


class SampleClock:
    """The clock of the sample database; it only moves forward."""

    def __init__(self, client):
        self._client = client
        self.now = self._parse(client.call("GET", "/v1/sample-clock")[0]["now"])

    @staticmethod
    def _parse(text):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(SHANGHAI)

    def _set(self, moment):
        self.now = moment
        self._client.call("PUT", "/v1/sample-clock", {"now": self.now_text()})

    def forward(self, **delta):
        self._set(self.now + datetime.timedelta(**delta))

    def move_to_hour(self, hour, minute=0):
        moment = self.now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        self._set(moment if moment > self.now else moment + datetime.timedelta(days=1))

    def move_to_working_hour(self, hour):
        self.move_to_hour(hour)
        while self.now.weekday() > 4:
            self.forward(days=1)

    def now_text(self):
        return self.now.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def local_text(self):
        return self.now.strftime("%Y-%m-%d %H:%M")

    def today(self):
        return self.now.date().isoformat()


def make_accounts(administrator):
    """One account of every post; all with passwords of their own, printed once."""
    wanted = [(post, post, "station") for post in STATION_POSTS]
    wanted.append(("county_liaison", "county_liaison", "county_centre"))
    for village in VILLAGES:
        wanted.append((f"{village}_worker", "village_worker", village))
        wanted.append((f"{village}_commander", "village_commander", village))
    for department in DEPARTMENTS:
        clerk = "finance_clerk" if department == "finance_office" else "department_clerk"
        wanted.append((f"{department}_clerk", clerk, department))
        wanted.append((f"{department}_head", "department_head", department))
    accounts = {}
    for (name, post, unit), display_name in zip(wanted, people.names_of_staff()):
        password = secrets.token_urlsafe(12)
        administrator.call("POST", "/v1/users", {
            "name": name, "display_name": display_name, "password": password,
            "posts": [{"post": post, "unit": unit}],
        })
        accounts[name] = (password, post, unit)
    return accounts


def leads(work, count):
    """People with households, registered at the station, one lead each."""
    client = work.clients["station_clerk"]
    categories = list(CATEGORIES)
    for number, person in enumerate(people.invent(count)):
        village = VILLAGES[number % len(VILLAGES)]
        registered = client.call("POST", "/v1/persons", {**person, "village": village})[0]
        household = client.call("POST", "/v1/households", {
            "village": village, "head": registered["id"], "address": "示例组一号",
        })[0]
        yield {
            "person": registered["id"],
            "household": household["id"],
            "village": village,
            "category": categories[(number // len(STATES)) % len(categories)],
            "list_number": f"2026-05-{number + 1:03d}",
        }


def load_cases(work, clock, all_leads):
    """Every state and every category, side by side while the clock moves on."""
    travellers = []
    for number, lead in enumerate(all_leads):
        state = STATES[number % len(STATES)]
        if lead["category"] == "unattended_child":
            # A child's case is never laid before the village.
            before_village = state in ("village_review", "declined_by_village")
            lead = {**lead, "restricted": "none" if before_village else "child"}
        travellers.append(Journey(work, clock, lead).travel(state))
        if (number + 1) % 20 == 0:
            print(f"  {number + 1} …", flush=True)
        waits = next(travellers[-1], None)
        if waits is None:
            travellers.pop()
        else:
            travellers[-1] = (waits, travellers[-1])
    day = 0
    while travellers:
        day += 1
        clock.forward(days=1)
        for traveller in [t for t in travellers if t[0] <= day]:
            travellers.remove(traveller)
            waits = next(traveller[1], None)
            if waits is not None:
                travellers.append((day + waits, traveller[1]))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--url", required=True)
    arguments.add_argument("--password-file", required=True)
    arguments.add_argument("--accounts", required=True)
    given = arguments.parse_args()

    with open(given.password_file, encoding="utf-8") as file:
        password = file.read().strip()
    administrator = Client(given.url).log_in("administrator", password)
    clock = SampleClock(administrator)

    print("Making the accounts …", flush=True)
    accounts = make_accounts(administrator)
    work = Casework(given.url)
    for name, (own_password, _, _) in accounts.items():
        work.client(name, own_password)
    readable_by_owner = os.open(given.accounts, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(readable_by_owner, "w", encoding="utf-8") as file:
        file.write(f"{'account':34}{'password':20}post@unit\n")
        file.write(f"{'administrator':34}{password:26}administrator@station\n")
        for name, (own_password, post, unit) in accounts.items():
            file.write(f"{name:34}{own_password:20}{post}@{unit}\n")

    print("Registering people …", flush=True)
    all_leads = list(leads(work, CASES + len(stories.ALL)))
    told = [
        {**lead, "category": category}
        for lead, category in zip(all_leads[CASES:], (
            "subsistence_allowance", "temporary_relief", "temporary_relief",
            "temporary_relief", "temporary_relief", "education"))
    ]
    for story, lead in zip(stories.ALL, told):
        story(work, clock, lead)

    print("\nLoading cases in every state and category …", flush=True)
    clock.move_to_working_hour(9)
    load_cases(work, clock, all_leads[:CASES])
    print(f"Done: {CASES + len(stories.ALL)} cases; the sample clock stands at "
          f"{clock.local_text()} in Shanghai.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
