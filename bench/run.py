# SPDX-License-Identifier: Apache-2.0
"""Measures Tertulia in one run on one machine: as a chat server beside Debian's InspIRCd and
ngIRCd, as a web server beside Debian's nginx, and what those don't have by itself.
Prints a table of each. Started by script/bench, which builds first."""

import argparse
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys

import chat_client
import log_ins
import search
import servers
import web

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUBJECT = servers.Tertulia.name
REFERENCE = servers.Inspircd.name
STEP_TIMEOUT_S = 90


@dataclasses.dataclass(frozen=True)
class Bench:
    """One scenario of tertulia_load, and the rows that its figures make."""

    name: str
    scenario: str
    load: str  # arguments of a full run
    quick_load: str
    rows: tuple  # (key in the figures, what it is, decimals)
    without: tuple = ()  # servers that cannot take part
    websocket: bool = False


def fanout(members):
    return Bench(
        f"fanout{members}", "fanout",
        f"--members {members} --senders 10 --window 4 --seconds 5",
        f"--members {members} --senders 10 --window 4 --seconds 1",
        (("deliveries_per_second", f"deliveries/s, 10 of {members} members talk", 0),
         ("processor_us_per_delivery", "  processor µs per delivery", 3),
         ("processors", "  processors in use", 2),
         ("delay_median_ms", "  echo, median ms", 2),
         ("delay_p99_ms", "  echo, p99 ms", 2)))


def websocket(members):
    return Bench(
        f"websocket{members}", "fanout",
        f"--websocket 1 --members {members} --senders 10 --window 4 --seconds 5",
        f"--websocket 1 --members {members} --senders 10 --window 4 --seconds 1",
        (("deliveries_per_second", f"deliveries/s by WebSocket, 10 of {members}", 0),
         ("processor_us_per_delivery", "  processor µs per delivery", 3),
         ("delay_median_ms", "  echo, median ms", 2)),
        without=(servers.Inspircd.name, servers.Ngircd.name), websocket=True)


# ngIRCd lets in some ten connections a second, its queue for new ones being ten long.
BENCHES = (
    fanout(10),
    fanout(100),
    fanout(1000),
    websocket(100),
    websocket(1000),
    Bench("durable", "durable",
          "--senders 500 --window 4 --seconds 5", "--senders 500 --window 4 --seconds 1",
          (("messages_per_second", "messages/s, 500 talk in rooms of their own", 0),
           ("processor_us_per_message", "  processor µs per message", 2),
           ("delay_median_ms", "  echo, median ms", 2),
           ("delay_p99_ms", "  echo, p99 ms", 2))),
    Bench("delay", "delay",
          "--members 100 --senders 10 --rate 200 --seconds 5",
          "--members 100 --senders 10 --rate 200 --seconds 2",
          (("delay_median_ms", "echo at 200 messages/s to 100, median ms", 2),
           ("delay_p99_ms", "  p99 ms", 2),
           ("processor_us_per_delivery", "  processor µs per delivery", 3))),
    Bench("idle", "idle", "--count 10000", "--count 2000",
          (("idle_bytes", "user memory per idle connection, bytes", 0),),
          without=(servers.Ngircd.name,)),
    Bench("register", "register", "--count 5000", "--count 2000",
          (("processor_us_per_registration", "processor µs per registration", 1),
           ("registrations_per_second", "  registrations/s, 500 at a time", 0)),
          without=(servers.Ngircd.name,)),
)
ALONE = {module.NAME: module for module in (chat_client, log_ins, search, web)}


def participants(binary):
    found = [servers.Tertulia(binary)]
    for kind, program in ((servers.Inspircd, "inspircd"), (servers.Ngircd, "ngircd")):
        path = shutil.which(program, path="/usr/sbin:/usr/bin")
        if path:
            found.append(kind(path))
        else:
            print(f"{kind.name} is not installed; script/bootstrap bench installs it.")
    return found


def measure(generator, bench, server, quick):
    """The figures, or nothing where the server did not stand it."""
    load = (bench.quick_load if quick else bench.load).split()
    try:
        with server:
            port = server.web_port if bench.websocket else server.port
            done = subprocess.run(
                [generator, bench.scenario, "--pid", str(server.pid), "--port", str(port), *load],
                capture_output=True, text=True, timeout=STEP_TIMEOUT_S, check=False)
    except (OSError, RuntimeError, subprocess.TimeoutExpired) as problem:
        print(f"{bench.name} of {server.name}: {problem}", file=sys.stderr)
        return {}
    if done.returncode != 0:
        print(f"{bench.name} of {server.name}: {done.stderr.strip()}", file=sys.stderr)
        return {}
    return json.loads(done.stdout)


def cell(value, decimals):
    return "—" if value is None else f"{value:,.{decimals}f}"


def print_table(names, results):
    compared = REFERENCE in names
    heading = f"{SUBJECT} : {REFERENCE}" if compared else ""
    print(f"\n{'':46}" + "".join(f"{name:>13}" for name in names) + f"{heading:>21}")
    for bench, figures in results:
        for key, what, decimals in bench.rows:
            values = {name: figures[name].get(key) for name in names}
            line = f"{what:46}" + "".join(f"{cell(values[name], decimals):>13}" for name in names)
            if compared:
                both = values[SUBJECT] is not None and values[REFERENCE]
                line += f"{cell(values[SUBJECT] / values[REFERENCE] if both else None, 2):>21}"
            print(line)


def print_alone(columns, rows):
    print(f"\n{'':46}" + "".join(f"{name:>13}" for name in columns))
    for what, decimals, values in rows:
        print(f"{what:46}" + "".join(f"{cell(value, decimals):>13}" for value in values))


def read_arguments():
    names = [bench.name for bench in BENCHES] + list(ALONE)
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help="of: " + " ".join(names) + "; default: all")
    parser.add_argument("--quick", action="store_true", help="a look, not a measurement")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release",
                        help="folder of tertulia and bench/tertulia_load")
    arguments = parser.parse_args()
    arguments.build = arguments.build.resolve()
    unknown = set(arguments.names) - set(names)
    if unknown:
        parser.error("no such bench: " + " ".join(sorted(unknown)))
    return arguments


def main():
    arguments = read_arguments()
    generator = arguments.build / "bench" / "tertulia_load"
    taking_part = participants(arguments.build / "tertulia")
    results = []
    for bench in BENCHES:
        if arguments.names and bench.name not in arguments.names:
            continue
        figures = {}
        for server in taking_part:
            print(f"{bench.name} of {server.name} …", file=sys.stderr)
            able = server.name not in bench.without
            figures[server.name] = (
                measure(generator, bench, server, arguments.quick) if able else {})
        results.append((bench, figures))
    if results:
        print_table([server.name for server in taking_part], results)
    for name, module in ALONE.items():
        if not arguments.names or name in arguments.names:
            print(f"{name} …", file=sys.stderr)
            print_alone(*module.measure(arguments.build / "tertulia", arguments.quick))
    return 0 if all(figures[SUBJECT] for _, figures in results) else 1


if __name__ == "__main__":
    sys.exit(main())
