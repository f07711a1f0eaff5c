// SPDX-License-Identifier: Apache-2.0
// The server is away, and a page is opened: what is kept of the app says so and goes on by itself.
import { describe, expect, it } from "vitest";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const { account, visitor } = stage;

/** From here on the page opens without a server. */
async function keepsShell(of: Visitor): Promise<void> {
  await of.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
      });
    }
  });
}

describe("a page that is opened while the server is away", () => {
  it("says so, and is back in its rooms when the server is, without a password", async () => {
    const ana = await account("ana", "shell");
    await ana.says("before");
    await ana.sees("before");
    await keepsShell(ana);
    await stage.server.stop();
    await ana.page.reload();
    await ana.page.getByRole("alert").getByText("The server does not answer").waitFor();
    await ana.page.getByText("You come in as ana as soon as the server answers.").waitFor();
    await ana.isAccessible("entrance without a server");
    await stage.server.run();
    await ana.page.evaluate(() => dispatchEvent(new Event("online"))); // or its next try may be far off
    await ana.sees("before");
    await ana.page.getByRole("button", { name: /ana Account/ }).waitFor();
  });

  it("has what was never opened before, too", async () => {
    const ana = await account("eva", "shell");
    await keepsShell(ana);
    await expect
      .poll(() =>
        ana.page.evaluate(async () => {
          const cache = await caches.open((await caches.keys())[0] ?? "");
          return (await cache.keys()).some((one) => one.url.includes("/assets/Settings-") && one.url.endsWith(".js"));
        }),
      )
      .toBe(true);
    await stage.server.stop();
    await ana.opensSettings("Account");
    await stage.server.run();
  });

  it("lets a guest in as soon as the server is back", async () => {
    const bea = await visitor("bea", "shell");
    await keepsShell(bea);
    await stage.server.stop();
    await bea.page.reload();
    await bea.page.getByRole("alert").getByText("The server does not answer").waitFor();
    await bea.page.getByRole("textbox", { name: "Your name" }).fill("bea");
    await bea.page.keyboard.press("Enter");
    await stage.server.run();
    await bea.page.getByRole("log").waitFor();
    expect(await bea.page.getByRole("alert").count()).toBe(0);
  });
});
