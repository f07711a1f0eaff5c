# SPDX-License-Identifier: Apache-2.0
"""The description of the API says what the server does: each route stands in it, and each of its
operations is answered as it says."""

import json
import pathlib
import re
import unittest

from harness import ROOT
from test_api import ApiTest, Program
from web_clients import Browser

DOCUMENT = json.loads((ROOT / "docs/protocol/openapi.json").read_text())
METHODS = ("get", "post", "put", "delete", "options")
ROUTE = re.compile(r'\{"(GET|POST|PUT|DELETE|OPTIONS)",\s*"(/[^"]*)"')
DOOR = re.compile(r'websocket_route\("(/irc)"')


def described():
    """(METHOD, path, operation), each."""
    for path, item in DOCUMENT["paths"].items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def routes():
    """(METHOD, pattern) of every row in the sources."""
    for part in ("web", "server"):
        for source in pathlib.Path(ROOT / "src" / part).glob("*.cpp"):
            text = source.read_text()
            yield from ROUTE.findall(text)
            yield from (("GET", path) for path in DOOR.findall(text))


def fits(pattern, path):
    below = pattern.endswith("/*")
    expression = re.escape(pattern[:-1] if below else pattern).replace(r"\*", "[^/]+")
    return re.fullmatch(expression + (".*" if below else ""), path) is not None


class Description(ApiTest):
    def another_login(self, server, name, browser):
        """The id of a browser that logs in now, as another browser of the account sees it."""
        Browser(server.port("http")).post("/api/login", account=name, password="a secret")
        logins = json.loads(browser.request("GET", "/api/logins").text)["logins"]
        return next(one["id"] for one in logins if not one["own"])

    def test_every_route_stands_in_it(self):
        found = sorted(set(routes()))
        self.assertGreater(len(found), 20)
        for method, pattern in found:
            self.assertTrue(any(method == one and fits(pattern, path)
                                for one, path, _ in described()), (method, pattern))

    def test_every_reference_leads_somewhere(self):
        for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(DOCUMENT)):
            at = DOCUMENT
            for step in reference.split("/"):
                at = at[step]

    def test_every_operation_is_answered_as_it_says(self):
        server = self.api_server()
        browser = self.account(server, "Ana")
        self.member(server, "Ana", "#a")
        token = self.token(browser, "old")
        hook = self.webhook(browser, "a", "Old")
        sent = browser.request("POST", "/upload", "bytes",
                               [("Content-Disposition", 'attachment; filename="a.txt"')])
        file = json.loads(sent.text)["id"]
        of_owner = re.compile("^/api/tokens|^/api/logins|/webhooks")
        for method, path, what in sorted(described(), key=lambda one: one[0] == "DELETE"):
            old = "Old" if "webhooks" in path else "old"
            real = (path.replace("{room}", "a").replace("{id}", file).replace("{file}", "")
                    .replace("{secret}", hook.rpartition("/")[2]).replace("{name}", old))
            if "{login}" in real:
                real = real.replace("{login}", self.another_login(server, "Ana", browser))
            if method == "GET" and real.endswith("/events"):
                method = "HEAD"
            body = json.dumps({"text": "x", "name": "fresh", "account": "Eva",
                               "password": "a secret"}) if method == "POST" else None
            headers = {"Content-Type": "application/json"}
            if of_owner.search(real):
                answer = browser.request(method, real, body, headers.items())
            else:
                answer = Program(server.port("http"), token).request(method, real, body, **headers)
            said = f"{method} {real}: {answer.status} {answer.text[:200]}"
            self.assertNotEqual(answer.status, 404, said)
            self.assertIn(str(answer.status), what["responses"], said)

    def test_what_is_for_accounts_is_refused_to_everybody_else(self):
        server = self.api_server()
        for method, path, what in described():
            if what.get("security") and {} not in what["security"]:
                real = re.sub(r"\{\w+\}", "a", path)
                answer = Program(server.port("http")).request(method, real, "{}")
                self.assertEqual(answer.status, 401, (method, path, answer.text))
                self.assertIn("401", what["responses"])


if __name__ == "__main__":
    unittest.main()
