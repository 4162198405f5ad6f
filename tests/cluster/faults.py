"""What happens to nodes under load, and what must hold meanwhile."""

import time

from cluster_lib.cluster import NODES
from cluster_lib.processes import Failed, wait_until

GOES_ON_WITHIN = 60   # seconds until work goes on; a failover takes a few
NOT_READY_WITHIN = 30  # seconds until nodes without a quorum say so
ANSWERS = 50          # that show that work goes on


class Faults:
    """Each method does one thing to the cluster, waits until all is well again and tells how long
    nobody was answered."""

    def __init__(self, cluster, load, paused_seconds, say):
        self.cluster, self.load = cluster, load
        self.paused_seconds = paused_seconds
        self._say = say

    def perform(self, name, *arguments):
        self.load.longest_stall()
        begun, uncertain = time.monotonic(), self.load.uncertain
        target = getattr(self, name)(*arguments)
        self.wait_for_answers()
        self._say(f"{name.replace('_', ' ')} {target}: nobody answered for "
                  f"{self.load.longest_stall():.1f} s, {self.load.uncertain - uncertain} requests "
                  f"repeated, all well after {time.monotonic() - begun:.1f} s")

    def wait_for_answers(self, count=ANSWERS):
        target = self.load.done + count
        wait_until(lambda: self.load.must_go_on() and self.load.done >= target, GOES_ON_WITHIN,
                   f"{count} more requests answered")

    def _writer(self):
        return self.cluster.database(self.cluster.balancer.writer())

    def kill_database(self, number):
        node = self.cluster.databases[number]
        was = "which took the writes" if node is self._writer() else "another one took the writes"
        node.process.kill()
        self.wait_for_answers()
        node.start()
        node.wait_synced(NODES)
        return f"{node.name} ({was})"

    def kill_writer(self):
        return self.kill_database(self.cluster.databases.index(self._writer()))

    def kill_program(self, number):
        node = self.cluster.programs[number]
        node.process.kill()
        self.wait_for_answers()
        node.start()
        node.wait_ready()
        return node.name

    def pause_writer(self):
        node = self._writer()
        self._pause(node.process)
        # A node that wakes up believes for some seconds that it is still one of them.
        others = [other for other in self.cluster.databases if other is not node]
        for one in (*others, node):
            one.wait_synced(NODES)
        return f"{node.name} for {self.paused_seconds} s"

    def pause_program(self, number):
        node = self.cluster.programs[number]
        self._pause(node.process)
        node.wait_ready()
        return f"{node.name} for {self.paused_seconds} s"

    def _pause(self, process):
        begun = time.monotonic()
        process.pause()
        try:
            self.wait_for_answers()
            wait_until(lambda: self.load.must_go_on()
                       and time.monotonic() - begun > self.paused_seconds,
                       self.paused_seconds + 1, "the pause is over")
        finally:
            process.resume()

    def take_quorum(self):
        """Two of three die; the third one must not go on alone, and every Yimen must say so."""
        writer = self._writer()
        other = next(node for node in self.cluster.databases if node is not writer)
        for node in (writer, other):
            node.process.kill()
        took = wait_until(lambda: not any(node.is_ready() for node in self.cluster.programs),
                          NOT_READY_WITHIN, "no Yimen node is ready without a quorum")
        done = self.load.done
        again = [node for node in self.cluster.programs if node.is_ready()]
        if again or self.load.done != done:
            raise Failed(f"without a quorum {self.load.done - done} requests were answered and "
                         f"{len(again)} nodes became ready")
        for node in (writer, other):
            node.start()
        for node in self.cluster.databases:
            node.wait_synced(NODES)
        for node in self.cluster.programs:
            node.wait_ready()
        return f"of {writer.name} and {other.name} (not ready after {took:.1f} s)"


SMOKE = (("kill_writer",), ("pause_writer",))
ALL = (*(("kill_database", number) for number in range(NODES)),
       *(("kill_program", number) for number in range(NODES)),
       ("pause_writer",), ("pause_program", 0), ("take_quorum",))
