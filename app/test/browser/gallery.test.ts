// SPDX-License-Identifier: Apache-2.0
// The main screens as pictures, of a real conversation with the real server: for whoever looks after
// how things look, and for the README. Only where TERTULIA_GALLERY names a folder.
import { mkdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { IrcCaller } from "./people";
import { Server, Visitor, freePort, openBrowser } from "./stage";

const folder = process.env["TERTULIA_GALLERY"] ?? "";
const code = [
  "```cpp",
  "// An echo is a receipt.",
  "void deliver(const batch& of) {",
  "    for (const event& one : of.events) {",
  '        log("to {} hearers", reach(one));',
  "    }",
  "}",
  "```",
].join("\n");

let server: Server;
let browser: Browser;
let irc = 0;
const others = new Map<string, IrcCaller>();
const wide = { viewport: { width: 1280, height: 800 } } as const;
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } as const;

function person(name: string): IrcCaller {
  const found = others.get(name);
  if (found === undefined) {
    throw new Error(`${name} is not here`);
  }
  return found;
}

async function company(): Promise<void> {
  for (const [name, ...rooms] of [
    ["bruno", "#redes", "#lobby", "#café"],
    ["chloé", "#redes", "#lobby", "#café", "#exámenes"],
    ["dora", "#redes", "#proyectos"],
    ["emilio", "#redes", "#lobby"],
    ["fátima", "#redes", "#exámenes"],
    ["guillem", "#redes", "#proyectos", "#lobby"],
  ] as const) {
    others.set(name, await IrcCaller.enter(irc, name, ...rooms));
  }
  const bruno = person("bruno");
  bruno.send("TOPIC #redes :Redes 2026 · sockets, TLS and a chat of our own", "MODE #redes +v dora");
  bruno.send("METADATA * SET display-name :Bruno Díaz", "METADATA * SET status :in the lab until noon");
  person("chloé").send("METADATA * SET display-name :Chloé Martin");
  person("emilio").send("AWAY :lunch");
  person("guillem").send("MODE guillem +B");
  for (const [room, topic, by] of [
    ["#café", "What is on in the cafeteria ☕", "bruno"],
    ["#exámenes", "Dates, old papers, courage", "chloé"],
    ["#proyectos", "Teams and deadlines", "dora"],
  ] as const) {
    person(by).send(`TOPIC ${room} :${topic}`);
  }
}

async function talk(ana: Visitor): Promise<void> {
  const [bruno, chloe, dora] = [person("bruno"), person("chloé"), person("dora")];
  await bruno.says("#redes", "Good morning! The slides on TLS are up: https://example.org/redes/tls");
  const plan = await bruno.says("#redes", "**Today**: who finishes the echo server first gets a coffee ☕");
  bruno.reacts("#redes", plan, "🚀");
  chloe.reacts("#redes", plan, "🚀");
  dora.reacts("#redes", plan, "☕");
  await chloe.says("#redes", "Two questions before that:\n- does `recv` return a whole message?\n- and who closes first?");
  await dora.says("#redes", "It returns *whatever came*. TCP has no messages, only bytes");
  await dora.says("#redes", "> nobody promised you that one send is one recv\nfrom the page on the old clients");
  await ana.says(code);
  await ana.page.getByRole("log").locator("pre .comment").first().waitFor();
  const asked = await chloe.says("#redes", "ana: is that from the server itself?");
  await ana.page.getByRole("log").getByText("is that from the server itself?").waitFor();
  await ana.page.getByRole("log").getByText("is that from the server itself?").hover();
  await ana.page.getByRole("button", { name: "Reply", exact: true }).click();
  await ana.says("Nearly. The real one renders once and shares the bytes");
  await ana.page.mouse.move(4, 4);
  bruno.reacts("#redes", asked, "👀");
  await bruno.says("#redes", "¡Qué bonito! 👏");
  bruno.send(`METADATA #redes SET pinned :${plan}`);
  await person("fátima").says("#exámenes", "ana, is the exam on Monday?");
  await bruno.says("#café", "tortilla today");
  await chloe.says("ana", "psst: birthday cake for Bruno at one 🎂");
  await ana.page.getByRole("log").getByText("¡Qué bonito!").waitFor();
}

/** What an account and an operator see besides. */
async function keepsOrder(ana: Visitor): Promise<void> {
  const { page } = ana;
  server.account("rights", "ana", "+all");
  const noise = await IrcCaller.enter(irc, "buy-now", "#redes");
  const id = await noise.says("#redes", "cheap watches, only today");
  person("dora").send(`REPORT ${id} :spam, the third time today`, "REPORT emilio :insults in private");
  await person("dora").sees(/\(number 2\)/);
  await page.getByRole("button", { name: "Keep order: 2 open reports" }).click();
  await shot(ana, "order-reports");
  await page.getByRole("tab", { name: "Mutes" }).click();
  await page.getByLabel("Whom?").fill("address:buy-now");
  await page.getByLabel(/A word why/).fill("spam");
  await page.getByRole("dialog").getByRole("button", { name: "Mute", exact: true }).click();
  await page.getByRole("dialog").locator("li").waitFor();
  await shot(ana, "order-mutes");
  await page.getByRole("tab", { name: "Log" }).click();
  await page.getByRole("dialog").locator("li").first().waitFor();
  await shot(ana, "order-log");
  await page.keyboard.press("Escape");
  await ana.opensSettings("Account");
  await page.getByRole("region", { name: "Keys for programs" }).getByRole("textbox").fill("build");
  await page.getByRole("button", { name: "Make a key" }).click();
  await page.getByText("it is not shown again").scrollIntoViewIfNeeded();
  await shot(ana, "settings-keys");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Room settings" }).click();
  await page.getByRole("region", { name: "Export this room" }).scrollIntoViewIfNeeded();
  await shot(ana, "room-programs");
  await page.keyboard.press("Escape");
  noise.leave();
}

async function enters(name: string, options: Parameters<typeof Visitor.open>[3]): Promise<Visitor> {
  const made = await Visitor.open(browser, name, `${server.address}/#redes`, options);
  await made.comesIn();
  return made;
}

async function shot(of: Visitor, name: string): Promise<void> {
  await of.page.waitForTimeout(400);
  await of.page.screenshot({ path: `${folder}/${name}.png` });
}

describe.runIf(folder !== "")("pictures", () => {
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    irc = await freePort();
    server = await Server.start({ listeners: [`irc://127.0.0.1:${irc}`] });
    browser = await openBrowser();
    await company();
  });
  afterAll(async () => {
    others.forEach((one) => one.leave());
    await browser?.close();
    await server?.end();
  });

  it("of all main screens", { timeout: 300_000 }, async () => {
    const door = await Visitor.open(browser, "ana", `${server.address}/#redes`, wide);
    await shot(door, "entrance");
    await door.registers("correct horse");
    const ana = door;
    const { page } = ana;
    for (const room of ["café", "exámenes", "proyectos"]) {
      await ana.says(`/join #${room}`);
      await page.getByRole("heading", { name: `#${room}`, exact: true }).waitFor();
    }
    await shot(ana, "empty-room");
    await page.getByRole("navigation").getByRole("button", { name: /^redes/ }).click();
    await page.getByRole("heading", { name: "#redes", exact: true }).waitFor();
    await talk(ana);
    await shot(ana, "conversation");
    await page.emulateMedia({ colorScheme: "dark" });
    await shot(ana, "conversation-dark");
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("log").getByText("¡Qué bonito!").hover();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await shot(ana, "message-menu");
    await page.keyboard.press("Escape");
    await page.mouse.move(4, 4);
    for (const [name, open] of [
      ["settings", () => page.getByTitle("Settings", { exact: true }).click()],
      ["room", () => page.getByRole("button", { name: "Room settings" }).click()],
      ["pinned", () => page.getByRole("button", { name: "1 pinned message" }).click()],
      ["browse", () => page.getByRole("button", { name: "Browse rooms" }).click()],
      ["make", () => page.getByRole("button", { name: "New room" }).click()],
      ["switcher", () => page.keyboard.press("Control+k")],
      ["person", () => page.getByRole("complementary").getByRole("button", { name: /Bruno/ }).click()],
      ["keys", () => ana.says("/help")],
    ] as const) {
      await open();
      await page.getByRole("dialog").waitFor();
      await shot(ana, name);
      if (name === "settings") {
        for (const tab of ["Notifications", "Account"]) {
          await page.getByRole("tab", { name: tab }).click();
          await shot(ana, `settings-${tab.toLowerCase()}`);
        }
      }
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await keepsOrder(ana);
    await ana.composer.pressSequentially("/to");
    await shot(ana, "completion");
    await ana.composer.fill("");
    await page.getByRole("button", { name: "Emoji", exact: true }).click();
    await page.getByRole("dialog", { name: "Emoji" }).waitFor();
    await shot(ana, "emoji");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+f");
    await page.getByRole("searchbox", { name: "Search" }).fill("from:bruno");
    await page.keyboard.press("Enter");
    await page.getByText(/hits?$/).waitFor();
    await shot(ana, "search");
    await page.keyboard.press("Escape");
    await page.getByRole("navigation").getByRole("button", { name: /Chloé/ }).click();
    await shot(ana, "private");

    const sol = await enters("sol", { ...phone, locale: "es-ES", colorScheme: "dark" });
    await sol.page.getByRole("log").getByText("¡Qué bonito!").waitFor();
    await shot(sol, "phone");
    await sol.page.getByRole("button", { name: "Menú" }).tap();
    await shot(sol, "phone-rooms");
    await sol.page.getByRole("button", { name: /sol/ }).last().tap();
    await sol.page.getByRole("dialog").waitFor();
    await shot(sol, "phone-settings");
    await sol.page.keyboard.press("Escape");

    await server.stop();
    await ana.composer.fill("said while the line is down");
    await ana.composer.press("Enter");
    await page.getByText(/Trying again|Next try/).waitFor();
    await shot(ana, "no-line");
    const late = await Visitor.open(browser, "tarde", `${server.address}/#redes`, wide).catch(() => null);
    if (late !== null) {
      await late.page.getByRole("textbox", { name: "Your name" }).fill("tarde");
      await late.page.keyboard.press("Enter");
      await late.page.getByText("does not answer").waitFor();
      await shot(late, "entrance-error");
    }
  });
});
