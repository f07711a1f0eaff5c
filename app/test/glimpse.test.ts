// SPDX-License-Identifier: Apache-2.0
// What is shown of a message outside of its row.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { newConversation, newMessage } from "../src/state/model";
import { en } from "../src/text/en";
import { es } from "../src/text/es";
import { glimpse, inShort, typists } from "../src/view/glimpse";
import { stubPage } from "./page";

vi.mock("../src/view/client.svelte", () => ({ client: { world: { isupport: new Map() } } }));
beforeEach(stubPage);

describe("of whom one has blocked", () => {
  const blocked = new Set(["luis"]);
  const said = newMessage({ id: "m", time: 1, from: "Luis", text: "look at *me*" });

  it("nothing is shown outside of the rows either", () => {
    expect(glimpse(said, blocked, en)).toBe(en.blockedMessage);
    expect(glimpse(said, new Set(), en)).toBe("look at me");
    expect(glimpse({ ...said, text: "", deletedBy: "Luis" }, blocked, en)).toBe(en.removedOwn);
  });

  it("it is not said that he writes", () => {
    const sign = (nickname: string) => [nickname.toLowerCase(), { nickname, until: 9 }] as const;
    const of = { ...newConversation("#a", "#a", "room"), typing: new Map([sign("Luis"), sign("Bea")]) };
    expect(typists(of, blocked)).toEqual(["Bea"]);
  });
});

describe("a file of this server", () => {
  it.each([
    ["look: http://here/files/pX_zyq0/caf%C3%A9__1_.png.", "look: Picture: café__1_.png."],
    ["http://here/files/a/one.jpg\nhttp://here/files/b/notes.pdf", "Picture: one.jpg File: notes.pdf"],
    ["**http://here/files/a/notes.pdf**", "File: notes.pdf"],
    ["http://here/files/a http://here/#lobby", "http://here/files/a http://here/#lobby"],
    ["http://elsewhere/files/a/_x_.png http://[", "http://elsewhere/files/a/_x_.png http://["],
  ])("is called by its name: %j", (said, shown) => {
    expect(inShort(said, en)).toBe(shown);
    expect(glimpse(newMessage({ id: "m", time: 1, from: "Ana", text: said }), new Set(), en)).toBe(shown);
  });

  it("is called so in Spanish, too", () => {
    expect(inShort("http://here/files/a/x.png http://here/files/b/y.txt", es)).toBe("Imagen: x.png Archivo: y.txt");
  });
});
