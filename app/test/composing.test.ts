// SPDX-License-Identifier: Apache-2.0
// What is written, before it is said: emoji and order, what is pasted, which key is whose, completion.
import { afterEach, describe, expect, it, vi } from "vitest";
import { messageAbout } from "../src/state/about";
import { emptyWorld, newConversation, newMessage } from "../src/state/model";
import { Completing } from "../src/view/completing.svelte";
import { complete, type Completion } from "../src/view/completion";
import { isComposed, isSend, isTextMeant } from "../src/view/input";
import { InOrder, withEmoji } from "../src/view/outgoing";

vi.mock("../src/view/commands", () => ({ completeCommands: () => [], usageOf: () => "" }));

describe("emoji by their codes", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are put in, and not into code", async () => {
    expect(await withEmoji(":tada: `:tada:` and :nosuch:")).toBe("🎉 `:tada:` and :nosuch:");
  });

  it.each([
    ["root:x:0:0:root:/root:/bin/sh"],
    ["a:b:c"],
    ["std::x::y and ::x::"],
    ["fe80:x:1 and 1:x: or :x:2"],
    ["ñ:tada:ñ"],
    ["https://here.example/:tada:/a?b=:x:"],
    ["``a :tada: ` b``"],
    ["```\n:tada:\n```"],
  ])("are none where they are a part of something else: %j", async (written) => {
    expect(await withEmoji(written)).toBe(written);
  });

  it.each([
    [":tada::tada:", "🎉🎉"],
    ["(:tada:), :tada:!", "(🎉), 🎉!"],
    ["https://here.example/ :tada:\n:tada:", "https://here.example/ 🎉\n🎉"],
    ["a ` alone :tada:", "a ` alone 🎉"],
  ])("are words by themselves: %j", async (written, said) => {
    expect(await withEmoji(written)).toBe(said);
  });

  it("stay as they were written where they cannot be loaded", async () => {
    expect(await withEmoji("so :tada:", () => Promise.reject(new Error("no line")))).toBe("so :tada:");
  });

  it("are not waited for without end", async () => {
    vi.useFakeTimers();
    const said = withEmoji("so :tada:", () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await said).toBe("so :tada:");
  });

  it("are not asked for where there are none", async () => {
    const load = vi.fn();
    expect(await withEmoji("at 12:30", load)).toBe("at 12:30");
    expect(load).not.toHaveBeenCalled();
  });
});

describe("what goes out in order", () => {
  it("waits for what was said before it, be that in vain", async () => {
    const order = new InOrder();
    const said: string[] = [];
    const first = order.add(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      said.push("one");
    });
    const vain = order.add(() => Promise.reject(new Error("no")));
    const last = order.add(async () => {
      said.push("two");
    });
    await expect(vain).rejects.toThrow("no");
    await Promise.all([first, last]);
    expect(said).toEqual(["one", "two"]);
  });
});

describe("what goes out", () => {
  it("is busy until the last is out, be that in vain", async () => {
    const order = new InOrder();
    expect(order.isBusy).toBe(false);
    const first = order.add(() => Promise.reject(new Error("no")));
    const last = order.add(async () => undefined);
    expect(order.isBusy).toBe(true);
    await Promise.allSettled([first, last]);
    expect(order.isBusy).toBe(false);
  });
});

describe("what is pasted", () => {
  it.each([
    ["a\tb\r\n1\t2\r\n", ["image.png"], true],
    ["Some words", ["image.png"], true],
    ["", ["image.png"], false],
    ["  \n", ["image.png"], false],
    ["cups.png", ["cups.png"], false],
    ["/home/ana/cups.png\n/home/ana/two.pdf", ["cups.png", "two.pdf"], false],
    ["x-special/nautilus-clipboard\ncopy\nfile:///home/ana/caf%C3%A9.png\n", ["café.png"], false],
  ])("%j with %j: the text is meant: %s", (text, files, wanted) => {
    expect(isTextMeant(text, files)).toBe(wanted);
  });
});

it("a key for an input method is known by its code too", () => {
  expect(isComposed({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposed({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposed({ isComposing: false, keyCode: 13 })).toBe(false);
});

describe("Enter", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });
  const plain = { key: "Enter", ctrlKey: false, metaKey: false, shiftKey: false };

  it.each([
    [{}, true, false],
    [{ shiftKey: true }, false, false],
    [{ ctrlKey: true }, true, true],
    [{ metaKey: true }, true, true],
    [{ key: "a", ctrlKey: true }, false, false],
  ])("with %j: sends %s, where there is a finger alone: %s", (how, sends, sendsWithFinger) => {
    for (const [finger, wanted] of [[false, sends], [true, sendsWithFinger]]) {
      vi.stubGlobal("matchMedia", () => ({ matches: finger }));
      expect(isSend({ ...plain, ...how })).toBe(wanted);
    }
  });
});

describe("completion", () => {
  const world = { ...emptyWorld, me: "Ana" };

  it("knows where the word ends that it replaces", async () => {
    const of = newConversation("bea", "bea", "private");
    const found = await complete(world, of, "hola @be y", 8, false);
    expect(found).toMatchObject({ from: 5, to: 8, choices: [{ id: "bea", insert: "@bea " }] });
  });

  it("offers each name once to who talks to herself", async () => {
    const of = newConversation("ana", "ana", "private");
    const found = await complete(world, of, "@", 1, false);
    expect(found?.choices.map((one) => one.id)).toEqual(["Ana"]);
  });
});

describe("what is offered", () => {
  const offer = (to: number): Completion => ({ from: 0, to, choices: [] });

  it("comes for the last letter, though what was offered for the one before is gone by then", async () => {
    const offering = new Completing();
    await offering.ask(Promise.resolve(offer(3)));
    const next = offering.ask(Promise.resolve(offer(4)));
    offering.hide();
    await next;
    expect(offering.offered?.to).toBe(4);
  });

  it("comes no more once it ended", async () => {
    const offering = new Completing();
    const next = offering.ask(Promise.resolve(offer(4)));
    offering.end();
    await next;
    expect(offering.offered).toBeNull();
  });
});

describe("the message that the next one is about", () => {
  const about = { key: "#a", message: newMessage({ id: "m", time: 1, from: "ana", text: "before" }) };
  const of = newConversation("#a", "#a", "room");

  it("stays when the window has moved on", () => {
    expect(messageAbout(of, about)).toBe(about.message);
  });

  it("is shown as it is now where the window has it", () => {
    const now = { ...about.message, text: "after", edited: true };
    expect(messageAbout({ ...of, messages: [now] }, about)).toBe(now);
  });

  it("is none of another conversation", () => {
    expect(messageAbout(newConversation("#b", "#b", "room"), about)).toBeNull();
    expect(messageAbout(of, null)).toBeNull();
  });
});
