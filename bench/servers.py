# SPDX-License-Identifier: Apache-2.0
"""The servers that bench/run.py compares, each started on a free loopback port with its own
throttles raised, its data in a folder that is thrown away, and stopped by its process number."""

import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

START_TIMEOUT_S = 20
STOP_TIMEOUT_S = 10
BUILD_FOLDER = pathlib.Path(__file__).resolve().parent.parent / "build"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One running server: `with Tertulia(...) as server:`."""

    def __init__(self, binary):
        self.binary = binary
        self.port = 0
        self.web_port = 0 # of Tertulia alone
        self.folder = None
        self.process = None

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        # Not in /tmp, which may be memory: what is durable must reach a disk.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=BUILD_FOLDER))
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        raise NotImplementedError

    def run(self, command):
        """Starts the process with its output in a file of the folder."""
        with open(self.folder / "output", "wb") as output:
            self.process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL,
                                            stdout=output, stderr=subprocess.STDOUT)

    def wait_until_it_listens(self):
        end = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError(f"{self.binary} did not start:\n{(self.folder / 'output').read_text()}")


class Tertulia(Server):
    name = "Tertulia"

    def start(self):
        self.port = free_port()
        self.web_port = free_port()
        self.run([self.binary, "serve", "--data", self.folder / "data", "--no-rate-limits",
                  "--listen", f"irc://127.0.0.1:{self.port}",
                  "--listen", f"http://127.0.0.1:{self.web_port}"])
        self.wait_until_it_listens()


class Inspircd(Server):
    name = "InspIRCd"

    CONFIG = """
<server name="bench.example.net" description="bench" network="bench">
<admin name="bench" nick="bench" email="bench@example.net">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect allow="*" limit="30000" localmax="30000" globalmax="30000" maxconnwarn="no"
         timeout="60" pingfreq="120" resolvehostnames="no" maxchans="1000"
         fakelag="no" threshold="1000000" commandrate="1000000000"
         recvq="1000000" softsendq="100000000" hardsendq="100000000">
<performance softlimit="30000" somaxconn="1024">
<module name="cap">
<module name="ircv3_echomessage">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{folder}/log">
"""

    def start(self):
        self.port = free_port()
        config = self.folder / "inspircd.conf"
        config.write_text(self.CONFIG.format(port=self.port, folder=self.folder))
        self.run([self.binary, "--nofork", "--nopid", "--runasroot", "--config", config])
        self.wait_until_it_listens()


class Ngircd(Server):
    name = "ngIRCd"

    CONFIG = """
[Global]
Name = bench.example.net
Info = bench
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = bench
ServerUID = 0
ServerGID = 0
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxPenaltyTime = 0
[Options]
DNS = no
Ident = no
PAM = no
"""

    def start(self):
        self.port = free_port()
        config = self.folder / "ngircd.conf"
        config.write_text(self.CONFIG.format(port=self.port))
        self.run([self.binary, "--nodaemon", "--config", config])
        self.wait_until_it_listens()


class Nginx(Server):
    """Serves a folder, and takes uploads by PUT, synchronised to the disk by nobody."""

    name = "nginx"

    CONFIG = """
daemon off;
pid {folder}/pid;
error_log {folder}/log;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  gzip_static on;
  client_max_body_size 100m;
  client_body_temp_path {folder}/body;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    location /put/ {{ root {folder}; dav_methods PUT; create_full_put_path on; }}
  }}
}}
"""

    def __init__(self, binary, root):
        super().__init__(binary)
        self.root = root

    def start(self):
        self.port = free_port()
        self.web_port = self.port
        self.folder.chmod(0o755)
        config = self.folder / "nginx.conf"
        config.write_text(self.CONFIG.format(port=self.port, folder=self.folder, root=self.root))
        self.run([self.binary, "-p", self.folder, "-c", config, "-g", "user root;"])
        self.wait_until_it_listens()
