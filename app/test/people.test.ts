// SPDX-License-Identifier: Apache-2.0
// What is known of people: whether they have an account, and whether they are there. What nobody has
// said is not known.
import { describe, expect, it } from "vitest";
import { hear, lineBroke } from "../src/state/hear";
import { emptyWorld, type World } from "../src/state/model";
import { parseLine } from "../src/wire/line";

const heard = (world: World, ...lines: string[]): World =>
  lines.reduce((made, text) => {
    const line = parseLine(text);
    return line === null ? made : hear(made, line, 1_000);
  }, world);
const inside = heard(emptyWorld, ":t 001 ana :hi", ":ana!a@h JOIN #a", ":t 353 ana = #a :ana bea", ":t 366 ana #a :End");
const accountOf = (world: World, who: string) => world.people.get(who)?.account;

describe("whether somebody has an account", () => {
  it("is not known while nobody has said it", () => {
    expect(accountOf(inside, "bea")).toBeUndefined();
    expect(accountOf(heard(inside, ":t METADATA bea display-name * Beatriz"), "bea")).toBeUndefined();
  });

  it("is known of who comes in, and of who speaks with one", () => {
    const came = heard(inside, ":luis!l@h JOIN #a luis :Luis", ":guest!g@h JOIN #a * :G");
    expect(accountOf(came, "luis")).toBe("luis");
    expect(accountOf(came, "guest")).toBeNull();
    const spoke = heard(inside, "@account=bea :Bea!b@h PRIVMSG #a :hola");
    expect(accountOf(spoke, "bea")).toBe("bea");
  });

  it("leaves the people as they are when it is known already", () => {
    const once = heard(inside, "@account=bea :Bea!b@h PRIVMSG #a :hola");
    expect(heard(once, "@account=bea :Bea!b@h PRIVMSG #a :y más").people).toBe(once.people);
  });

  it("is told by WHOIS, and by an account that it does not name", () => {
    const asked = { ...inside, whoisOf: "bea" };
    const named = heard(asked, ":t 311 ana bea b h * :Bea", ":t 330 ana bea bea :is logged in as", ":t 318 ana bea :End");
    expect(accountOf(named, "bea")).toBe("bea");
    const guest = heard(asked, ":t 311 ana bea b h * :Bea", ":t 318 ana bea :End");
    expect(accountOf(guest, "bea")).toBeNull();
    const gone = heard(asked, ":t 401 ana bea :No such nick", ":t 318 ana bea :End");
    expect(accountOf(gone, "bea")).toBeUndefined();
    expect(gone).toMatchObject({ absent: "bea", notices: [] });
  });

  it("is read in the history only where nothing newer is known", () => {
    const page = [":t BATCH +p chathistory #a", "@batch=p;account=bea;msgid=m :bea!b@h PRIVMSG #a :hola", ":t BATCH -p"];
    expect(accountOf(heard(inside, ...page), "bea")).toBe("bea");
    const guest = heard(inside, ":t 354 ana 152 bea H 0 :Bea");
    expect(accountOf(heard(guest, ...page), "bea")).toBeNull();
  });
});

describe("whether somebody is there", () => {
  it("is not known while nobody has said it", () => {
    const world = heard(inside, ":t METADATA bea display-name * Beatriz");
    expect(world.people.get("bea")?.online).toBeNull();
  });

  it("is known of who comes and goes", () => {
    const came = heard(inside, ":luis!l@h JOIN #a luis :Luis");
    expect(came.people.get("luis")?.online).toBe(true);
    expect(heard(came, ":luis!l@h QUIT :bye").people.get("luis")?.online).toBe(false);
  });
});

describe("what somebody shows of herself", () => {
  const shown = heard(
    inside,
    ":t 761 ana bea display-name * :Beatriz",
    ":t 761 ana bea avatar * /files/face.png",
    ":t 761 ana bea status * :reading",
    ":t 761 ana carl display-name * :Carlos", // who is elsewhere
  );
  const back = heard(lineBroke(shown), ":ana!a@h JOIN #a", ":t 353 ana = #a :ana bea", ":t 366 ana #a :End");

  it("stays until the line is back and its server has said all", () => {
    const amid = heard(back, ":t 770 ana display-name", ":t BATCH +m metadata *ALL");
    expect(amid.people.get("bea")).toMatchObject({ displayName: "Beatriz", status: "reading" });
  });

  it("is gone where she took it away meanwhile", () => {
    const said = ["@batch=m :t 761 ana bea display-name * :Bea B.", ":t BATCH -m"];
    const after = heard(back, ":t BATCH +m metadata *ALL", ...said);
    expect(after.people.get("bea")).toMatchObject({ displayName: "Bea B.", avatar: "", status: "" });
    expect(after.people.get("carl")?.displayName).toBe("Carlos"); // nobody said anything of him
  });

  it("stays of those in a room that one does not come back to", () => {
    const left = heard(lineBroke(shown), ":t BATCH +m metadata *ALL", ":t BATCH -m");
    expect(left.people.get("bea")?.displayName).toBe("Beatriz");
  });
});
