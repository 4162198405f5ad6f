"""One MariaDB server that is a node of a Galera cluster."""

import os
import pathlib
import pwd
import re
import shutil
import subprocess

from cluster_lib.processes import Failed, Process, wait_until

PROVIDER = "/usr/lib/galera/libgalera_smm.so"
JOINED_WITHIN = 120  # seconds; a whole copy on a busy machine
ANSWERS_WITHIN = 10  # seconds, of one statement
SYNCED = {"wsrep_ready": "ON", "wsrep_local_state_comment": "Synced",
          "wsrep_cluster_status": "Primary"}

# A server that was started as root would hand its data to rsync as nobody, who cannot read them.
USER = "mysql" if os.geteuid() == 0 else None
ADMINISTRATOR = pwd.getpwuid(os.geteuid()).pw_name  # known to the server by the socket

CONFIGURATION = """\
[mysqld]
datadir={folder}/data
tmpdir={folder}
socket={socket}
pid-file={folder}/pid
bind-address=127.0.0.1
port={port}
skip-name-resolve
skip-log-bin
# Nodes replicate what a binary log would hold, and its rule for triggers applies.
log_bin_trust_function_creators=1
performance_schema=OFF
max_connections=200
innodb_buffer_pool_size=64M
innodb_log_file_size=32M
# Anything else loses acknowledged decisions when the nodes go down together.
innodb_flush_log_at_trx_commit=1
innodb_autoinc_lock_mode=2
binlog_format=ROW
wsrep_on=ON
wsrep_provider={provider}
wsrep_cluster_name=yimen
wsrep_cluster_address=gcomm://{members}
wsrep_node_name={name}
wsrep_node_address=127.0.0.1:{group_port}
wsrep_node_incoming_address=127.0.0.1:{port}
wsrep_sst_method=rsync
wsrep_sst_receive_address=127.0.0.1:{copy_port}
# A copy holds up the node that gives it: the one that takes the writes comes last.
wsrep_sst_donor={donors},
wsrep_slave_threads=2
wsrep_provider_options="base_port={group_port};gmcast.listen_addr=tcp://127.0.0.1:{group_port};\
ist.recv_addr=127.0.0.1:{increments_port};gcache.size=128M;evs.keepalive_period=PT0.3S;\
evs.inactive_check_period=PT0.2S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S;\
evs.install_timeout=PT4S;gmcast.peer_timeout=PT1S;pc.recovery=TRUE"
"""


class DatabaseNode:
    """A node with its data. `ports`: for SQL, the group, whole copies and increments."""

    def __init__(self, name, folder, ports, stays):
        self.name = name
        self.folder = pathlib.Path(folder) / name
        self.port, self.group_port, self.copy_port, self.increments_port = ports
        self.socket = self.folder / "socket"
        self.process = Process(name, self.folder, USER, stays)

    def configure(self, nodes):
        """`nodes`: all of them, this one too, the one that is to take the writes first."""
        others = [node.name for node in nodes if node is not self]
        (self.folder / "my.cnf").write_text(CONFIGURATION.format(
            folder=self.folder, socket=self.socket, port=self.port, provider=PROVIDER,
            name=self.name, group_port=self.group_port, copy_port=self.copy_port,
            increments_port=self.increments_port, donors=",".join(reversed(others)),
            members=",".join(f"127.0.0.1:{node.group_port}" for node in nodes)), encoding="utf-8")
        (self.folder / "data").mkdir()
        if USER:
            for path in (self.folder, self.folder / "data"):
                shutil.chown(path, USER, USER)

    def install(self):
        """An empty server, whose administrator is whoever runs this."""
        done = subprocess.run(
            ["mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/data",
             "--skip-test-db", "--auth-root-authentication-method=socket",
             f"--auth-root-socket-user={ADMINISTRATOR}", "--innodb-log-file-size=32M"],
            capture_output=True, text=True, check=False, **self.process.as_user())
        if done.returncode != 0:
            raise Failed(f"mariadb-install-db: {done.stdout[-500:]}{done.stderr[-500:]}")

    def found(self):
        """Starts it as the first node of a new cluster."""
        self.process.run([*self._command(), "--wsrep-new-cluster"])
        self.wait_synced(1)

    def start(self):
        """Starts it as a node that joins the others; it may have been killed before."""
        position = self._recovered_position()
        self.process.run([*self._command(),
                          *([f"--wsrep_start_position={position}"] if position else [])])

    def _command(self):
        return ["mariadbd", f"--defaults-file={self.folder}/my.cnf"]

    # After a kill the file of the state does not tell the position, but the database does; with it
    # the node asks for what it missed instead of for everything. Without a network: MariaDB
    # 10.11.19 has hung after its answer, and grown, while clients asked it for connections. What
    # it has recovered is durable once it has answered.
    def _recovered_position(self):
        state = self.folder / "data/grastate.dat"
        if not state.exists() or not re.search(r"seqno:\s*-1", state.read_text(encoding="utf-8")):
            return None
        said = self.folder / "recovery.log"
        said.unlink(missing_ok=True)
        self.process.run([*self._command(), "--wsrep-recover", "--skip-networking",
                          f"--log-error={said}"])

        def positions():
            text = said.read_text(encoding="utf-8") if said.exists() else ""
            return re.findall(r"Recovered position: *(\S+)\n", text)
        wait_until(lambda: positions() or not self.process.is_running(), JOINED_WITHIN,
                   f"{self.name} finds out where it stood")
        self.process.stop(seconds=5)
        return positions()[-1] if positions() else None

    def sql(self, text):
        """Rows of columns, as texts. Whoever does not answer in time has failed."""
        try:
            done = subprocess.run(
                ["mariadb", "--no-defaults", "--skip-column-names", "--batch", "--raw",
                 f"--user={ADMINISTRATOR}", f"--socket={self.socket}", "--connect-timeout=2"],
                input=text, capture_output=True, text=True, check=False, timeout=ANSWERS_WITHIN)
        except subprocess.TimeoutExpired:
            raise Failed(f"{self.name} does not answer") from None
        if done.returncode != 0:
            raise Failed(f"{self.name}: {done.stderr.strip()[-300:]}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def status(self):
        """What the node says of the cluster; nothing where it does not answer."""
        try:
            return dict(self.sql("SHOW STATUS LIKE 'wsrep%'"))
        except Failed:
            return {}

    def is_synced(self, size):
        status = self.status()
        return (all(status.get(name) == value for name, value in SYNCED.items())
                and status.get("wsrep_cluster_size") == str(size))

    def wait_synced(self, size):
        return wait_until(lambda: self.process.must_run() and self.is_synced(size), JOINED_WITHIN,
                          f"{self.name} is synced in a cluster of {size}")
