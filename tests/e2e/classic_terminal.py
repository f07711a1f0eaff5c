# SPDX-License-Identifier: Apache-2.0
"""A classic client at a terminal: what is typed is said, what comes is shown.

  python3 tests/e2e/classic_terminal.py KIND NAME [--port PORT] [--wait SECONDS]

KIND is base64, caesar, labels, nickname or roster. Without --port it is the port of the origin."""

import argparse
import secrets
import sys
import threading
import time

from classic_clients import (Base64Client, CaesarClient, LabelsClient, NicknameClient,
                             RosterClient)

KINDS = {"base64": (Base64Client, 8080), "caesar": (CaesarClient, 8000),
         "labels": (LabelsClient, 6030), "nickname": (NicknameClient, 5055),
         "roster": (RosterClient, 12345)}

# What the originals print when the server has closed the connection, where it is known.
FAREWELLS = {"base64": "\n[Error 500] Desconectado del servidor",
             "caesar": "Desconectando del servidor..."}

output = threading.Lock() # a line and its end stay together


def put(line):
    with output:
        print(line, flush=True)


def connect(kind, port, name, wait_s):
    """Tries until the server is there."""
    end = time.monotonic() + wait_s
    while True:
        try:
            return kind(port, name)
        except ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def show(client, leaving, farewell):
    shown = 0
    while not client.ended or shown < len(client.shown):
        with client._news:
            client._news.wait_for(lambda: len(client.shown) > shown or client.ended)
            lines = client.shown[shown:]
            shown += len(lines)
        for line in lines:
            put(line)
    if not leaving.is_set():
        put(farewell)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("name")
    parser.add_argument("--port", type=int)
    parser.add_argument("--wait", type=float, default=0, help="seconds for the server to come up")
    wish = parser.parse_args()
    kind, port = KINDS[wish.kind]
    client = connect(kind, wish.port or port, wish.name, wish.wait)
    leaving = threading.Event()
    farewell = FAREWELLS.get(wish.kind, "Conexión cerrada")
    threading.Thread(target=show, args=(client, leaving, farewell), daemon=True).start()
    if wish.kind in ("labels", "nickname", "roster"):
        client.password = secrets.token_urlsafe(12)
        client.enter()
    put(f"lista: {wish.name} en {wish.kind}")
    for line in sys.stdin:
        client.say(line.rstrip("\n"))
        if client.ended or line.strip() in ("\\exit", "FIN", "#exit"):
            break
    leaving.set()
    client.close()


if __name__ == "__main__":
    main()
