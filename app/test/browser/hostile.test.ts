// SPDX-License-Identifier: Apache-2.0
// More than a hundred messages, a hundred names of files, and all else that others write of themselves:
// whatever stands in it, it is text, and it is shown as it was written.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { setStage, type Visitor } from "./stage";

const stage = setStage();
const { guest } = stage;

const nasty = [
  "<img src=x onerror=\"document.title='owned'\">",
  "<script>document.title='owned'</script>",
  "<iframe srcdoc=\"<script>top.document.title='owned'</script>\"></iframe>",
  "<style>*{display:none}</style>",
  "<details open ontoggle=alert(1)>",
  "<a href=\"javascript:alert(1)\">x</a>",
  "[click](javascript:alert(1))",
  "javascript:alert(1)",
  "javascript&colon;alert(1)",
  "https://example.org/\"onmouseover=\"alert(1)",
  "{@html '<b>x</b>'}",
  "{{7*7}} ${7*7}",
  "`</code><svg onload=alert(1)>`",
  "**<b onclick=alert(1)>x</b>**",
  "&lt;b&gt; &amp; &#60;i&#62;",
  "\u202Egnp.exe",
  "]]><!--",
  "#<svg/onload=alert(1)>",
  "@<svg/onload=alert(1)>",
  "__proto__ constructor",
  "data:text/html,<script>alert(1)</script>",
  "'; DROP TABLE messages; --",
];

/** Each by itself, and within all that Markdown knows. */
const hostile = nasty.flatMap((one) => [
  one,
  `**${one}**`,
  `> ${one}`,
  `- ${one}`,
  `\`${one}\``,
  `https://example.org/${one.replace(/ /g, "")}`,
  `\u0001ACTION ${one}\u0001`,
]);

/** Without what Markdown takes for a mark, blanks, and what stands around a /me. */
function letters(text: string): string {
  return text.replace(/^\u0001ACTION |\u0001$/g, "").replace(/[\s*_`>~-]/g, "");
}

const foreign =
  "script, iframe, style, details, svg[onload], img[src='x'], [onerror], [onclick], [onmouseover], [ontoggle], [srcdoc]";

async function hasNothingForeign(who: Visitor, where: string): Promise<void> {
  expect(await who.page.locator("#app").locator(foreign).count(), where).toBe(0);
  expect(await who.page.locator('#app a[href^="javascript"], #app a[href^="data"]').count(), where).toBe(0);
  expect(await who.page.title(), where).not.toContain("owned");
}

describe("messages", () => {
  it("can inject nothing, and every one of them is shown as it was written", async () => {
    const bea = await guest("bea", "hostile");
    const mallory = await IrcCaller.enter(stage.irc, "mallory", "#hostile");
    const shown: string[] = [];
    const atATime = 15; // the page draws so many by itself
    const drawn = async (at: number): Promise<string[]> => {
      const texts = (await bea.page.getByRole("log").locator("article .text").allTextContents()).map((one) => one.trim());
      return texts.slice(texts.indexOf(`page ${at - atATime}`) + 1, texts.indexOf(`page ${at}`));
    };
    for (let at = 0; at < hostile.length; at += atATime) {
      const said = hostile.slice(at, at + atATime);
      for (const text of said) {
        await mallory.says("#hostile", text);
      }
      await mallory.says("#hostile", `page ${at}`);
      await bea.sees(`page ${at}`);
      await expect.poll(async () => (await drawn(at)).length).toBe(said.length);
      shown.push(...(await drawn(at)));
      await hasNothingForeign(bea, `page ${at}`);
      expect(await bea.page.getByRole("log").locator("article img").count()).toBe(0);
    }
    expect(hostile.length).toBeGreaterThan(100);
    expect(shown.map((one) => letters(one.replace(/^mallory\u00a0/, "")))).toEqual(hostile.map(letters));
    mallory.leave();
  });
});

/** Of a name that came as bytes; docs/protocol/http.md: what could harm is taken out of it. */
function harmless(name: string): string {
  const end = name.slice(Math.max(name.lastIndexOf("\\"), name.lastIndexOf("/")) + 1);
  return end.replace(/\u202E/g, "").replace(/[:*?"<>|]/g, "_").replace(/^[ .]+|[ .]+(?=\.\w+$)/g, "");
}

describe("names of files", () => {
  // A slash in a name is none for a browser.
  const names = nasty
    .map((one) => one.replace(/\//g, "-"))
    .flatMap((one) => [`${one}.txt`, `${one}.pdf`, `../${one}.js.zip`.replace("/", "\\"), `.${one}%2f%00.md`, `a ${one} .html`]);

  it("are text, lose what could harm, and are else shown as they were", { timeout: 240_000 }, async () => {
    const ana = await guest("ana", "files");
    const bea = await guest("bea", "files");
    expect(names.length).toBeGreaterThanOrEqual(100);
    await ana.page
      .locator("input[type=file]")
      .setInputFiles(names.map((name) => ({ name, mimeType: "text/plain", buffer: Buffer.from(name) })));
    const send = ana.page.getByRole("button", { name: "Send" });
    await expect.poll(() => send.isEnabled(), { timeout: 60_000 }).toBe(true);
    await hasNothingForeign(ana, "before they are sent");
    await send.click();
    const links = bea.page.getByRole("log").locator("a[download]");
    await expect.poll(() => links.count(), { timeout: 60_000 }).toBe(names.length);
    await links.first().getByText("text/plain").waitFor();
    await hasNothingForeign(bea, "when they came");
    const seen = await links.evaluateAll((all) =>
      all.map((one) => [one.getAttribute("download"), one.querySelector(".name")?.textContent, one.getAttribute("href")]),
    );
    expect(seen.map(([saved]) => saved)).toEqual(names.map(harmless));
    expect(seen.map(([, text]) => text)).toEqual(names.map(harmless));
    for (const [, , href] of seen) {
      expect(href).toMatch(/^\/files\/[^/]+\/[^/]+$/);
    }
  });
});

describe("what somebody is called and says of herself", () => {
  it("is text wherever it stands", async () => {
    const bea = await guest("bea", "persons");
    const [display, status, away] = nasty.map((one) => `${one.slice(0, 50)}.`) as [string, string, string];
    const mallory = await IrcCaller.enter(stage.irc, "[m]{x}|^", "#persons");
    mallory.send(`METADATA * SET display-name :${display}`, `METADATA * SET status :${status}`, `AWAY :${away}`);
    const id = await mallory.says("#persons", "here I am");
    const log = bea.page.getByRole("log");
    await log.getByRole("article").filter({ hasText: display }).getByText("here I am").waitFor();
    mallory.reacts("#persons", id, "<b>1</b>");
    mallory.send("@+typing=active TAGMSG #persons");
    await bea.page.getByText(`${display} is typing…`).waitFor();
    await bea.composer.pressSequentially("@[m");
    await bea.page.getByRole("option").getByText(display).waitFor();
    await bea.composer.fill("");
    const list = bea.page.getByRole("complementary", { name: "Members" });
    await list.getByText(status).waitFor();
    await hasNothingForeign(bea, "in the room");
    await list.getByText(display).click();
    const dialog = bea.page.getByRole("dialog");
    await dialog.getByRole("heading", { name: display }).waitFor();
    await dialog.getByText(`Away: ${away}`).waitFor();
    await hasNothingForeign(bea, "in the dialog");
    await bea.page.keyboard.press("Escape");
    mallory.leave();
    await log.getByText(/\[m\]\{x\}\|\^.* left/).or(log.getByText(/left/)).last().waitFor();
    await hasNothingForeign(bea, "after leaving");
  });

  it("leaves no room where its name would be anything but text", async () => {
    const bea = await guest("bea", "rooms");
    const name = "#<img/src=x/onerror=alert(1)>";
    const mallory = await IrcCaller.enter(stage.irc, "malaika", "#rooms");
    mallory.send(`JOIN ${name}`, `TOPIC ${name} :${nasty[0]}`, `INVITE bea ${name}`);
    const notice = bea.page.getByRole("status").filter({ hasText: `malaika invites you to ${name}` });
    await hasNothingForeign(bea, "in the notice");
    await notice.getByRole("button", { name: "Join" }).click();
    await bea.isAt(name);
    expect(await bea.page.title()).toContain(name);
    await bea.page.getByRole("navigation").getByRole("button", { name: name.slice(1) }).waitFor();
    await hasNothingForeign(bea, "in the room");
    await bea.page.getByRole("button", { name: "Room settings" }).click();
    await bea.page.getByRole("dialog", { name }).getByLabel("Topic", { exact: true }).waitFor();
    await hasNothingForeign(bea, "in its dialog");
    await bea.page.keyboard.press("Escape");
    await bea.page.getByRole("button", { name: "Browse rooms" }).click();
    await bea.page.getByRole("dialog").getByText(nasty[0] ?? "").waitFor();
    await hasNothingForeign(bea, "in the list");
    mallory.leave();
  });
});
