// SPDX-License-Identifier: Apache-2.0
// The server's sentences to those who keep order, in both languages.
import { describe, expect, it } from "vitest";
import { measureIn, reportIn, rightsIn, sanctionIn } from "../src/state/operators";
import { en } from "../src/text/en";
import { es } from "../src/text/es";

const at = "2026-03-01T12:00:00.000Z";

describe("a report", () => {
  it.each([
    [`Report 3, ${at}: bea reports luis. insults. Again`, "luis", "", "insults. Again"],
    [`Report 3, ${at}: bea reports luis msgid aB-_9. insults`, "luis", "aB-_9", "insults"],
    [`Report 3, ${at}: bea reports msgid aB-_9. -`, "", "aB-_9", ""],
    [`Denuncia 3, ${at}: bea denuncia luis msgid aB-_9. msgid x. y`, "luis", "aB-_9", "msgid x. y"],
    [`Report 3, ${at}: bea reports msgid. a nickname like any`, "msgid", "", "a nickname like any"],
  ])("%s", (text, whom, message, why) => {
    expect(reportIn(text)).toEqual({
      number: "3",
      time: Date.parse(at),
      by: "bea",
      whom,
      message,
      why,
    });
  });

  it("is not what looks alike", () => {
    expect(reportIn("End of the list")).toBeNull();
    expect(reportIn("Report 3 is closed")).toBeNull();
    expect(reportIn("bea: Report 3, x: y reports z")).toBeNull();
  });
});

describe("a ban or mute", () => {
  it.each([
    ["Ban: 192.0.2.0/24, until 2026-03-02 12:30 UTC, by ana. spam", "192.0.2.0/24", "2026-03-02T12:30:00Z", "spam"],
    ["Mute: account:luis, for good, by ana. -", "account:luis", "", ""],
    ["Silencio: nick:spam*, hasta 2026-03-02 12:30 UTC, por ana. a, b. c", "nick:spam*", "2026-03-02T12:30:00Z", "a, b. c"],
    ["Expulsión: 2001:db8::/64, sin plazo, por ana. -", "2001:db8::/64", "", ""],
  ])("%s", (text, whom, until, why) => {
    expect(sanctionIn(text)).toEqual({ whom, until: until === "" ? null : Date.parse(until), by: "ana", why });
  });
});

describe("a line of the log", () => {
  it.each([
    [`17 ${at} ana ban 192.0.2.0/24 (until 2026-03-02 12:30 UTC): spam: much`, "ban", "192.0.2.0/24", "spam: much"],
    [`1 ${at} ana claim`, "claim", "", ""],
    [`2 ${at} * rights bea: +kill +ban`, "rights", "bea", "+kill +ban"],
    [`3 ${at} ana announce: at noon (or so)`, "announce", "", "at noon (or so)"],
    [`4 ${at} ana close-report 3: seen`, "close-report", "3", "seen"],
    [`5 ${at} ana give-room #a luis`, "give-room", "#a luis", ""],
  ])("%s", (text, what, whom, why) => {
    expect(measureIn(text)).toMatchObject({ what, whom, why, time: Date.parse(at) });
  });

  it("says who did it and until when", () => {
    const text = `17 ${at} ana mute account:luis (hasta 2026-03-02 12:30 UTC)`;
    expect(measureIn(text)).toMatchObject({ by: "ana", until: Date.parse("2026-03-02T12:30:00Z"), why: "" });
    expect(measureIn(`2 ${at} * kill bea`)?.by).toBe("");
  });
});

it("every deed that the server logs has a sentence in both languages", () => {
  const deeds = [
    ...["claim", "rights", "kill", "suspend-account", "resume-account", "delete-account", "ban", "mute", "unban"],
    ...["unmute", "announce", "close-report", "give-room", "invite", "uninvite", "register", "add-word"],
    ...["delete-word", "redact"],
  ].sort();
  expect(Object.keys(en.measures).sort()).toEqual(deeds);
  expect(Object.keys(es.measures).sort()).toEqual(deeds);
});

it("rights are the words behind the colon", () => {
  expect([...rightsIn("You are an IRC operator, with these rights: kill, ban, log")]).toEqual(["kill", "ban", "log"]);
  expect([...rightsIn("You are now an IRC operator")]).toEqual([]);
});
