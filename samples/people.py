"""Invented people. Identity numbers use area code 999999, which belongs to nobody."""

import datetime
import random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
FAMILY_NAMES = "示样例测试演范虚拟假"
GIVEN_NAMES = ("一山", "二水", "三木", "四禾", "五石", "六泉", "七松", "八竹", "九田", "十里")


def identity_number(born_on, order):
    """GB 11643: seventeen digits and the check digit."""
    body = f"999999{born_on:%Y%m%d}{order % 1000:03d}"
    check = "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]
    return body + check


def names_of_staff():
    """Names for the accounts, each once."""
    for given in "明远安宁和平":
        for family in "示样例测试演范":
            yield family + given


def invent(count, seed=39):
    """As many different people as asked for, always the same ones."""
    random.seed(seed)
    for number in range(count):
        age = random.randint(2, 88) if number % 9 else random.randint(2, 15)
        born_on = datetime.date(2026 - age, random.randint(1, 12), random.randint(1, 28))
        yield {
            "name": FAMILY_NAMES[number % len(FAMILY_NAMES)]
            + GIVEN_NAMES[(number // len(FAMILY_NAMES)) % len(GIVEN_NAMES)],
            "identity": {
                "type": "identity_number",
                "number": identity_number(born_on, number + 1),
            },
            "phone": f"1380000{number:04d}",
            "born_on": born_on.isoformat(),
        }
