"""Judges what clients saw of cases against what their journals hold.

Each write says which version it made, so a case is checked in the order of its versions and none
has to be searched for. Each case is checked by itself: nothing else decides what a case is.
"""

import collections
import dataclasses
import heapq


@dataclasses.dataclass(frozen=True)
class Anomaly:
    """What is wrong with a case: lost_update, stale_read, fork, duplicate, gap or invented."""
    kind: str
    case: str
    what: str


def check(operations, journals):
    """All anomalies. `operations` as in `cluster_lib.load`, `journals`: case -> its versions in
    the order in which the journal holds them."""
    by_case = collections.defaultdict(list)
    for operation in operations:
        if operation.case is not None:
            by_case[operation.case].append(operation)
    anomalies = []
    for case in sorted(set(by_case) | set(journals)):
        done = [operation for operation in by_case[case] if operation.outcome == "ok"]
        writes = [operation for operation in done if operation.kind == "write"]
        unknown = sum(operation.kind == "write" and operation.outcome == "unknown"
                      for operation in by_case[case])
        for findings in (_of_writes(writes), _of_order(done),
                         _of_journal(done, writes, unknown, journals.get(case, []))):
            anomalies += [Anomaly(kind, case, what) for kind, what in findings]
    return anomalies


def _of_writes(writes):
    """Each version has one maker, each key one version, and who demanded a base stands on it."""
    makers, versions, standing = {}, {}, {}
    for write in writes:
        maker = makers.setdefault(write.version, write.key)
        if maker != write.key:
            yield "fork", f"{maker} and {write.key} both made version {write.version}"
        version = versions.setdefault(write.key, write.version)
        if version != write.version:
            yield "duplicate", f"{write.key} made versions {version} and {write.version}"
        if write.base is None:
            continue
        other = standing.setdefault(write.base, write.key)
        if other != write.key:
            yield "fork", f"{other} and {write.key} both stand on version {write.base}"
        if write.version != write.base + 1:
            yield "lost_update", (f"{write.key} stands on version {write.base} and made "
                                  f"{write.version}: what lies between was not seen")


def _of_order(done):
    """Nobody sees less than what was known to anybody before they asked."""
    ended, known = [], 0
    for number, operation in enumerate(sorted(done, key=lambda one: one.begun)):
        while ended and ended[0][0] < operation.begun:
            known = max(known, heapq.heappop(ended)[2])
        heapq.heappush(ended, (operation.ended, number, operation.version))
        if operation.kind == "read" and operation.version < known:
            yield "stale_read", f"{operation.key} read {operation.version}, {known} was known"
        if operation.kind == "write" and operation.version <= known:
            yield "fork", f"{operation.key} made {operation.version}, {known} was known"


def _of_journal(done, writes, unknown, journal):
    """The journal is dense, holds what was acknowledged and nothing that nobody asked for."""
    for before, version in zip([0, *journal], journal):
        if version == before:
            yield "duplicate", f"version {version} is there twice"
        elif version != before + 1:
            yield "gap", f"version {version} follows {before}"
    kept = {0, *journal}
    for operation in done:
        if operation.version not in kept:
            kind = "lost_update" if operation.kind == "write" else "invented"
            yield kind, f"version {operation.version} of {operation.key} is not in the journal"
    entries, makers = len(journal), len({write.key for write in writes})
    if entries > makers + unknown:
        yield "invented", f"{entries} entries, {makers} writes acknowledged, {unknown} unknown"
