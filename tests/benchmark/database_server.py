"""A MariaDB server on loopback for a benchmark: durable at every commit, with room for all rows."""

import os
import pathlib
import pwd
import secrets
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "samples"))

from cluster_lib.processes import Failed, Process, free_ports, wait_until  # noqa: E402

STARTED_WITHIN = 60  # seconds
SCHEMA = "yimen"
USER = "mysql" if os.geteuid() == 0 else None
ADMINISTRATOR = pwd.getpwuid(os.geteuid()).pw_name  # known to the server by the socket


class DatabaseServer:
    """Its data lie in a folder of their own inside `folder`; it ends with this process."""

    def __init__(self, folder):
        self.process = Process("mariadb", pathlib.Path(folder) / "mariadb", USER)
        self.folder = self.process.folder
        self.port, = free_ports(1)
        self.environment = {"YIMEN_DATABASE_PASSWORD": secrets.token_urlsafe(16)}

    @property
    def address(self):
        """As the program takes it."""
        return f"mysql://yimen@127.0.0.1:{self.port}/{SCHEMA}"

    def start(self):
        """Makes an empty server with an empty schema, and starts it."""
        pathlib.Path(self.folder.parent).chmod(0o711)  # it may run as another user
        if USER:
            account = pwd.getpwnam(USER)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        made = subprocess.run(
            ["mariadb-install-db", "--no-defaults", f"--datadir={self.folder}/data",
             "--skip-test-db", "--auth-root-authentication-method=socket",
             f"--auth-root-socket-user={ADMINISTRATOR}", "--innodb-log-file-size=512M"],
            capture_output=True, text=True, check=False, **self.process.as_user())
        if made.returncode != 0:
            raise Failed(f"mariadb-install-db: {made.stdout[-500:]}{made.stderr[-500:]}")
        self.process.run(
            ["mariadbd", "--no-defaults", f"--datadir={self.folder}/data",
             f"--socket={self.folder}/socket", f"--pid-file={self.folder}/pid",
             "--bind-address=127.0.0.1", f"--port={self.port}", "--skip-name-resolve",
             "--max-connections=200", "--innodb-log-file-size=512M",
             "--innodb-buffer-pool-size=1G", "--innodb-flush-log-at-trx-commit=1"])
        wait_until(lambda: self.process.must_run() and self._answers(), STARTED_WITHIN,
                   "MariaDB answers")
        self._sql(f"CREATE DATABASE {SCHEMA} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; "
                  f"CREATE USER yimen@'127.0.0.1' IDENTIFIED BY "
                  f"'{self.environment['YIMEN_DATABASE_PASSWORD']}'; "
                  f"GRANT ALL ON {SCHEMA}.* TO yimen@'127.0.0.1'")

    def stop(self):
        self.process.stop(seconds=30)

    def _answers(self):
        try:
            self._sql("SELECT 1")
            return True
        except Failed:
            return False

    def _sql(self, text):
        done = subprocess.run(
            ["mariadb", "--no-defaults", "--batch", f"--user={ADMINISTRATOR}",
             f"--socket={self.folder}/socket", "--connect-timeout=2"],
            input=text, capture_output=True, text=True, check=False, timeout=30)
        if done.returncode != 0:
            raise Failed(done.stderr.strip()[-300:])
