# SPDX-License-Identifier: Apache-2.0
"""The web server beside Debian's nginx with one worker: requests a second for the app's files, and
uploads, each of which is on the disk when Tertulia answers (nginx leaves that to the kernel)."""

import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

import servers

NAME = "web"
APP = pathlib.Path(__file__).resolve().parent.parent / "app" / "dist"
CONNECTIONS = 64
MIB = 1 << 20


def requests_per_second(port, path, seconds):
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", "Accept-Encoding: gzip",
         f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True)
    if "Non-2xx" in done.stdout:
        raise RuntimeError(f"{path}:\n{done.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1))


def megabytes_per_second(port, method, path, headers, size, count):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start = time.perf_counter()
    for number in range(count):
        body = os.urandom(16) + bytes(size - 16) # no two are the same
        connection.request(method, path.format(number), body,
                           {"Content-Type": "application/octet-stream", **headers})
        answer = connection.getresponse()
        answer.read()
        if answer.status // 100 != 2:
            raise RuntimeError(f"{method} {path}: {answer.status}")
    return size * count / 1e6 / (time.perf_counter() - start)


def cookie(port):
    """Of an account that may upload."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/api/register",
                       json.dumps({"account": "uploader", "password": "a usual password"}),
                       {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"})
    answer = connection.getresponse()
    answer.read()
    return answer.getheader("Set-Cookie").split(";")[0]


def measure_one(server, files, seconds, uploads):
    figures = []
    with server:
        if isinstance(server, servers.Tertulia):
            origin = f"http://127.0.0.1:{server.web_port}"
            method, path = "POST", "/upload"
            headers = {"Cookie": cookie(server.web_port), "Origin": origin,
                       "Content-Disposition": 'attachment; filename="a.bin"'}
        else:
            method, path, headers = "PUT", "/put/{}", {}
        figures += [requests_per_second(server.web_port, file, seconds) for file in files]
        figures += [megabytes_per_second(server.web_port, method, path, headers, size, count)
                    for size, count in uploads]
    return figures


def measure(binary, quick):
    largest = max(APP.glob("assets/*.js"), key=lambda file: file.stat().st_size)
    files = ("/", f"/assets/{largest.name}")
    uploads = ((MIB // 8, 40), (8 * MIB, 4)) if quick else ((MIB // 8, 200), (8 * MIB, 12))
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    both = [servers.Tertulia(binary)] + ([servers.Nginx(nginx, APP)] if nginx else [])
    figures = [measure_one(one, files, 1 if quick else 5, uploads) for one in both]
    whats = ["requests/s of the page", f"requests/s of a script ({largest.stat().st_size:,} bytes)",
             "uploads of 128 KiB, MB/s", "uploads of 8 MiB, MB/s"]
    rows = [(what, 0, list(values)) for what, values in zip(whats, zip(*figures))]
    return [one.name for one in both], rows
