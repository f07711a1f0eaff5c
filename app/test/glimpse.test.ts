// SPDX-License-Identifier: Apache-2.0
// What is shown of a message outside of its row.
import { describe, expect, it } from "vitest";
import { newConversation, newMessage } from "../src/state/model";
import { en } from "../src/text/en";
import { glimpse, typists } from "../src/view/glimpse";

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
