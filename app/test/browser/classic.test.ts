// SPDX-License-Identifier: Apache-2.0
// A browser and the five classic clients in one room: what is said in either is read in the other, and
// what the old ones have no word for is told them in words.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classicCallers, type ClassicCaller } from "./classic";
import { Server, Visitor, freePort, openBrowser } from "./stage";

let server: Server;
let browser: Browser;
let ana: Visitor;
const callers: ClassicCaller[] = [];

beforeAll(async () => {
  const doors = await Promise.all(
    Object.keys(classicCallers).map(async (scheme) => ({ scheme, port: await freePort() })),
  );
  server = await Server.start({ listeners: doors.map(({ scheme, port }) => `${scheme}://127.0.0.1:${port}`) });
  browser = await openBrowser();
  ana = await Visitor.open(browser, "ana", `${server.address}/#lobby`);
  await ana.comesIn();
  for (const { scheme, port } of doors) {
    const made = new classicCallers[scheme as keyof typeof classicCallers](port, `vieja${scheme}`);
    callers.push(made);
    await made.enter();
    await ana.page.getByRole("complementary").getByRole("button", { name: made.name }).waitFor();
  }
});
afterAll(async () => {
  callers.forEach((one) => one.leave());
  await browser?.close();
  await server?.end();
});

async function allSee(pattern: RegExp): Promise<void> {
  await Promise.all(callers.map((one) => one.sees(pattern)));
}

async function inMenu(of: string, item: string): Promise<void> {
  const said = ana.page.locator("p", { hasText: of }); // and not where it is quoted
  const row = ana.page.getByRole("article").filter({ has: said }).last();
  await row.hover();
  if (item === "Delete") {
    await row.getByRole("button", { name: "More", exact: true }).click();
    await ana.page.getByRole("menuitem", { name: item }).click();
  } else {
    await row.getByRole("button", { name: item }).first().click();
  }
}

describe("a browser and the five classic clients", () => {
  it("hear each other", async () => {
    for (const one of callers) {
      one.says(`hola desde ${one.name}`);
      await ana.sees(`hola desde ${one.name}`);
    }
    await ana.says("good morning to all the old ones");
    await allSee(/good morning to all the old ones/);
  });

  it("a reply begins with what it answers", async () => {
    await inMenu("hola desde viejacaesar", "Reply");
    await ana.says("welcome back");
    await allSee(/\(a viejacaesar: «hola desde viejacaesar»\) welcome back/);
  });

  it("a reaction is a line", async () => {
    await inMenu("hola desde viejacaesar", "React 👍");
    await allSee(/reacciona con 👍 a «hola desde viejacaesar»/);
  });

  it("a correction is a line", async () => {
    await ana.says("two and two are five");
    await ana.sees("two and two are five");
    await ana.composer.press("ArrowUp");
    await ana.composer.fill("two and two are four");
    await ana.composer.press("Enter");
    await allSee(/\(corrige\) two and two are four/);
  });

  it("a picture says its name and where it is", async () => {
    const onePixel =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    await ana.page.locator("input[type=file]").setInputFiles({
      name: "gato.png",
      mimeType: "image/png",
      buffer: Buffer.from(onePixel, "base64"),
    });
    await expect.poll(() => ana.page.getByRole("button", { name: "Send" }).isEnabled()).toBe(true);
    await ana.page.getByRole("button", { name: "Send" }).click();
    await ana.page.getByRole("button", { name: "Picture 1" }).waitFor();
    await allSee(/imagen gato\.png: http\S+\/files\/\S+\/gato\.png/);
  });

  it("a deletion is a line", async () => {
    await ana.says("this should not have been said");
    await ana.sees("this should not have been said");
    await inMenu("this should not have been said", "Delete");
    await ana.page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await allSee(/ana ha borrado un mensaje/);
  });
});
