// SPDX-License-Identifier: Apache-2.0
// What people do with the app, in Chromium, with the real server.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage } from "./stage";

const stage = setStage();
const { guest, visitor } = stage;

describe("two guests", () => {
  it("come in by a link with nothing but a name, and talk", async () => {
    const ana = await guest("ana", "talk");
    const bea = await guest("bea", "talk");
    await ana.says("hola bea");
    await bea.sees("hola bea");
    await bea.says("line one\nline two");
    await ana.page.getByRole("log").getByText("line two").waitFor();
    await bea.seesOnce("hola bea");
  });

  it("see who is there, and who types", async () => {
    const ana = await guest("ana", "company");
    const bea = await guest("bea", "company");
    await ana.page.getByRole("complementary").getByRole("button", { name: /bea/ }).waitFor();
    await bea.composer.pressSequentially("hm");
    await ana.page.getByText("bea is typing…").waitFor();
  });

  it("are told of a mention elsewhere by badge and title", async () => {
    const ana = await guest("ana", "one");
    const bea = await guest("bea", "two");
    await ana.composer.fill("/join #two");
    await ana.composer.press("Enter");
    await ana.page.getByRole("heading", { name: "#two", exact: true }).waitFor();
    await ana.page.getByRole("navigation").getByRole("button", { name: /^one/ }).click();
    await ana.page.getByRole("heading", { name: "#one", exact: true }).waitFor();
    await bea.says("are you there, ana?");
    await expect.poll(() => ana.page.title()).toMatch(/^\(1\) #one/);
    await ana.page.getByRole("navigation").getByRole("button", { name: /^two/ }).click();
    await ana.page.getByRole("separator", { name: "New" }).waitFor();
    await expect.poll(() => ana.page.title()).toMatch(/^#two/);
  });

  it("a name that is taken is refused with a word why", async () => {
    await guest("ana", "taken");
    const other = await visitor("ana", "taken");
    await other.page.getByRole("textbox", { name: "Your name" }).fill("ana");
    await other.page.keyboard.press("Enter");
    await other.page.getByText("Somebody has this name").waitFor();
  });
});

describe("messages", () => {
  const nasty = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "[click](javascript:alert(1))",
    "javascript:alert(1)",
    "https://example.org/\"onmouseover=\"alert(1)",
    "{@html '<b>x</b>'}",
    "`</code><svg onload=alert(1)>`",
    "**<b onclick=alert(1)>x</b>**",
    "&lt;b&gt; &amp;",
    "\u202Egnp.exe",
    "]]><!--",
    "#<svg/onload=alert(1)>",
    "@<svg/onload=alert(1)>",
    "__proto__ constructor",
    "data:text/html,<script>alert(1)</script>",
  ];
  /** Each by itself, and within all that Markdown knows: more than a hundred. */
  const hostile = nasty.flatMap((one) => [
    one,
    `**${one}**`,
    `> ${one}`,
    `- ${one}`,
    `\`${one}\``,
    `https://example.org/${one.replace(/ /g, "")}`,
    `\u0001ACTION ${one}\u0001`,
  ]);
  const foreign = "script, iframe, svg[onload], [onerror], [onclick], [onmouseover]";

  it("can inject nothing", async () => {
    const bea = await guest("bea", "hostile");
    const mallory = await IrcCaller.enter(stage.irc, "mallory", "#hostile");
    for (const text of hostile) {
      await mallory.says("#hostile", text);
    }
    mallory.send("TOPIC #hostile :<img src=x onerror=alert(1)>", "METADATA * SET display-name :<b>m</b>");
    await mallory.says("#hostile", "the end");
    mallory.leave();
    await bea.sees("the end");
    const log = bea.page.getByRole("log");
    expect(await bea.page.locator("#app").locator(foreign).count()).toBe(0);
    expect(await log.locator("article img").count()).toBe(0);
    expect(await log.locator('a[href^="javascript"], a[href^="data"]').count()).toBe(0);
    expect(await log.textContent()).toContain("data:text/html,<script>alert(1)</script>");
    expect(await bea.page.title()).not.toContain("owned");
  });

  it("show names of files as text", async () => {
    const ana = await guest("ana", "files");
    const names = [
      "<img src=x onerror=alert(1)>.txt",
      "\"><svg onload=alert(1)>.pdf",
      "..%2f..%2fetc%2fpasswd",
      "photo\u202Egnp.exe",
      "'; DROP TABLE files; --.zip",
      "[x](javascript:alert(1)).md",
    ];
    await ana.page
      .locator("input[type=file]")
      .setInputFiles(names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) })));
    const send = ana.page.getByRole("button", { name: "Send" });
    await expect.poll(() => send.isEnabled()).toBe(true);
    await send.click();
    const links = ana.page.getByRole("log").locator("a[download]");
    await expect.poll(() => links.count()).toBe(names.length);
    await links.first().getByText("text/plain").waitFor();
    expect(await ana.page.locator("#app").locator(foreign).count()).toBe(0);
    for (const href of await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")))) {
      expect(href).toMatch(/^\/files\/[^/]+\/[^/]+$/);
    }
  });

  it("read light Markdown", async () => {
    const ana = await guest("ana", "markdown");
    await ana.says("**bold** and `code` :tada:");
    const log = ana.page.getByRole("log");
    await log.locator("strong", { hasText: "bold" }).waitFor();
    await log.locator("code", { hasText: "code" }).waitFor();
    await log.getByText("🎉").waitFor();
  });

  it("complete names", async () => {
    const ana = await guest("ana", "complete");
    await guest("beatriz", "complete");
    await ana.page.getByRole("complementary").getByRole("button", { name: /beatriz/ }).waitFor();
    await ana.composer.pressSequentially("@be");
    await ana.page.getByRole("option", { name: /beatriz/ }).waitFor();
    await ana.composer.press("Tab");
    expect(await ana.composer.inputValue()).toBe("@beatriz ");
  });

  it("answer one another", async () => {
    const ana = await guest("ana", "answers");
    const bea = await guest("bea", "answers");
    await ana.says("who brings the cups?");
    await bea.sees("who brings the cups?");
    await bea.message("who brings the cups?").hover();
    await bea.page.getByRole("button", { name: "Reply", exact: true }).click();
    await bea.says("I do");
    await ana.page.getByRole("button", { name: /ana who brings the cups\?/ }).waitFor();
  });
});

describe("a server that restarts amid a conversation", () => {
  it("loses nothing and doubles nothing", async () => {
    const ana = await guest("ana", "restart");
    const bea = await guest("bea", "restart");
    await ana.says("before");
    await bea.sees("before");
    await stage.server.stop();
    await ana.page.getByText(/Trying again|Next try/).waitFor();
    await ana.says("meanwhile");
    await stage.server.run();
    await bea.sees("meanwhile");
    await ana.says("after");
    await bea.sees("after");
    for (const one of [ana, bea]) {
      await one.seesOnce("before");
      await one.seesOnce("meanwhile");
      await one.seesOnce("after");
    }
  });
});

describe("an account", () => {
  it("stays logged in by its cookie, with no password in storage", async () => {
    const made = await visitor("sofia", "home");
    const { page } = made;
    await made.registers("correct horse");
    await made.says("my room");
    await made.sees("my room");
    await page.reload();
    await page.getByRole("log").waitFor();
    await made.sees("my room");
    await page.getByRole("button", { name: /sofia Account/ }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify(localStorage) + document.cookie);
    expect(kept).not.toContain("correct horse");
    expect(kept).not.toContain("tertulia=");
  });
});

describe("on a phone, in Spanish", () => {
  it("one finger reaches rooms, members and messages", async () => {
    const sol = await visitor("sol", "lobby", {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      locale: "es-ES",
      colorScheme: "dark",
    });
    await sol.isAccessible("entrance, phone");
    await sol.comesIn();
    await sol.composer.fill("hola");
    await sol.page.getByRole("button", { name: "Enviar" }).tap();
    await sol.sees("hola");
    await sol.isAccessible("conversation, phone");
    await sol.page.getByRole("button", { name: "Menú" }).tap();
    await sol.page.getByRole("heading", { name: "Salas" }).waitFor();
    await sol.isAccessible("rooms, phone");
    await sol.page.getByRole("button", { name: "Cerrar" }).last().tap({ position: { x: 380, y: 400 } }).catch(() => undefined);
    const wide = await sol.page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });
});

describe.each(["light", "dark"] as const)("each screen, %s", (colorScheme) => {
  it("has nothing that axe finds", async () => {
    const ana = await visitor("ana", "lobby", { colorScheme });
    const { page } = ana;
    await ana.isAccessible("entrance");
    await ana.comesIn();
    await ana.says("a message with `code`, **bold** and https://example.org/");
    await ana.says("```py\n# a comment\nprint('x')\n```");
    await page.getByRole("log").locator("pre .comment").first().waitFor();
    await ana.isAccessible("conversation");
    const dialogs: [string, () => Promise<void>][] = [
      ["switcher", () => page.keyboard.press("Control+k")],
      ["room", () => page.getByRole("button", { name: "Room settings" }).click()],
      ["browse", () => page.getByRole("button", { name: "Browse rooms" }).click()],
      ["make", () => page.getByRole("button", { name: "New room" }).click()],
      ["settings", () => page.getByTitle("Settings", { exact: true }).click()],
      ["person", () => page.getByRole("complementary").getByRole("button", { name: /ana/ }).click()],
      ["keys", () => ana.says("/help")],
    ];
    for (const [name, open] of dialogs) {
      await open();
      await page.getByRole("dialog").waitFor();
      await ana.isAccessible(name);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await page.getByRole("button", { name: "Emoji", exact: true }).click();
    await page.getByRole("dialog", { name: "Emoji" }).waitFor();
    await ana.isAccessible("emoji");
  });
});
