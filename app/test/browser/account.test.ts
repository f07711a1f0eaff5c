// SPDX-License-Identifier: Apache-2.0
// Oneself: the account's log-ins, picture, data and end; what one tells of oneself; whom one blocks.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { password, setStage } from "./stage";

const stage = setStage();
const { account, guest, visitor } = stage;
const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("an account", () => {
  it("sees where it is connected, and ends what is elsewhere", async () => {
    const here = await account("lola", "home");
    const elsewhere = await visitor("lola", "home");
    await elsewhere.logsIn(password);
    await here.opensSettings("Account");
    const connected = here.page.getByRole("region", { name: "Connected now" });
    await connected.getByText("this one", { exact: true }).waitFor();
    await connected.getByRole("button", { name: "Log out", exact: true }).click();
    await elsewhere.page.getByRole("button", { name: "Come in" }).waitFor();
    await connected.getByText("this one", { exact: true }).waitFor();
    await expect.poll(() => connected.getByRole("listitem").count()).toBe(1);
  });

  it("ends log-ins of other browsers, which have to give the password again", async () => {
    const here = await account("lena", "home");
    const elsewhere = await visitor("lena", "home");
    await elsewhere.logsIn(password);
    await elsewhere.page.goto("about:blank");
    await here.opensSettings("Account");
    const browsers = here.page.getByRole("region", { name: "Browsers that stay logged in" });
    await expect.poll(() => browsers.getByRole("listitem").count()).toBe(2);
    await browsers.getByRole("button", { name: "Forget all other browsers" }).click();
    await expect.poll(() => browsers.getByRole("listitem").count()).toBe(1);
    await browsers.getByText("this one", { exact: true }).waitFor();
    await browsers.getByText(/^Chrom.+, Linux$/).waitFor();
    await elsewhere.page.goto(stage.server.address);
    await elsewhere.page.getByRole("button", { name: "Come in" }).waitFor();
    await here.page.reload();
    await here.page.getByRole("log").waitFor();
  });

  it("says so where the list of browsers is not to be had, and asks again", async () => {
    const here = await account("lia", "home");
    here.expectsRefusal(/status of 503/);
    const away = { status: 503, json: { error: "busy" } };
    await here.page.route("**/api/logins", (route) => route.fulfill(away));
    await here.opensSettings("Account");
    const browsers = here.page.getByRole("region", { name: "Browsers that stay logged in" });
    await browsers.getByRole("alert").getByText("That could not be done.").waitFor();
    await here.page.unroute("**/api/logins");
    await browsers.getByRole("button", { name: "Try again" }).click();
    await browsers.getByText("this one", { exact: true }).waitFor();
    expect(await browsers.getByRole("alert").count()).toBe(0);
  });

  it("shows a picture of its own to others", async () => {
    const pia = await account("pia", "faces");
    const bea = await guest("bea", "faces");
    await pia.opensSettings("Profile");
    await pia.page.getByLabel("Picture", { exact: true }).setInputFiles({
      name: "face.png",
      mimeType: "image/png",
      buffer: Buffer.from(onePixel, "base64"),
    });
    await pia.page.getByRole("button", { name: "Remove" }).waitFor();
    const face = bea.page.getByRole("complementary").getByRole("button", { name: /pia/ }).locator("img");
    await face.waitFor();
    await expect
      .poll(() => face.evaluate((one) => one instanceof HTMLImageElement && one.naturalWidth > 0))
      .toBe(true);
  });

  it("has its name, and is known to be somebody, while it is away", async () => {
    const uma = await account("uma", "absent");
    await uma.says("/raw METADATA * SET display-name :Uma Gil");
    await uma.says("until tomorrow");
    await uma.sees("until tomorrow");
    await uma.page.goto("about:blank");
    const bea = await guest("bea", "absent");
    await bea.sees("until tomorrow");
    await bea.page.getByRole("article", { name: /^Uma Gil/ }).waitFor();
    await bea.says("/whois uma");
    const card = bea.page.getByRole("dialog", { name: "Uma Gil" });
    await card.getByRole("status").getByText("Not here at the moment.").waitFor();
    await card.getByRole("button", { name: "Private message" }).waitFor();
    await bea.closesDialogs();
    await bea.says("/whois nemo");
    const nobody = bea.page.getByRole("dialog", { name: "nemo" });
    await nobody.getByRole("status").getByText("There is nobody of this name.").waitFor();
    expect(await nobody.getByRole("button", { name: "Private message" }).count()).toBe(0);
  });

  it("takes its data with it", async () => {
    const rosa = await account("rosa", "data");
    await rosa.says("something of mine");
    await rosa.sees("something of mine");
    // The index follows the commits by itself.
    await rosa.page.keyboard.press("Control+f");
    const isFound = async (): Promise<boolean> => {
      await rosa.page.getByRole("searchbox", { name: "Search" }).fill("something");
      await rosa.page.keyboard.press("Enter");
      const said = rosa.page.getByText(/^1 hit$|^Nothing found/);
      await said.waitFor();
      return (await said.textContent()) === "1 hit";
    };
    await expect.poll(isFound, { interval: 500 }).toBe(true);
    await rosa.opensSettings("Account");
    const saved = rosa.page.waitForEvent("download");
    await rosa.page.getByRole("button", { name: "Save as a file" }).click();
    const data: unknown = JSON.parse(readFileSync((await (await saved).path()) ?? "", "utf8"));
    expect(JSON.stringify(data)).toContain("something of mine");
  });

  it("gets another password, and blanks in passwords are letters like others", async () => {
    const rut = await account("rut", "keys");
    await rut.opensSettings("Account");
    await rut.page.getByLabel("Password", { exact: true }).fill(password);
    await rut.page.getByLabel("New password").fill('a "new" one \\ here');
    await rut.page.getByLabel("Password again").fill('a "new" one \\ here');
    await rut.page.getByRole("button", { name: "Change password" }).click();
    await rut.page.getByRole("status").getByText(/Your password is changed|password has been changed/i).waitFor();
    const elsewhere = await visitor("rut", "keys");
    await elsewhere.logsIn('a "new" one \\ here');
  });

  it("keeps its password when the old one is wrong or the new ones differ, and nothing written is lost", async () => {
    const ines = await account("ines", "keys");
    await ines.opensSettings("Account");
    const [old, fresh, again] = ["Password", "New password", "Password again"].map((name) =>
      ines.page.getByLabel(name, { exact: true }),
    );
    await old?.fill("not my password");
    await fresh?.fill("another one");
    await again?.fill("another two");
    const change = ines.page.getByRole("button", { name: "Change password" });
    await change.click();
    await ines.page.getByRole("alert").getByText("The passwords differ.").waitFor();
    await again?.fill("another one");
    await change.click();
    await ines.page.getByRole("alert").getByText(/password/).waitFor();
    await ines.page.getByRole("alert").getByText("differ").waitFor({ state: "detached" });
    expect(await fresh?.inputValue()).toBe("another one");
  });

  it("is told what its end means before it ends", async () => {
    const vera = await account("vera", "end");
    await vera.opensSettings("Account");
    await vera.page.getByText(/What you said stays where you said it/).waitFor();
    const asked = vera.page.getByRole("dialog", { name: "Delete my account" });
    await vera.page.getByRole("button", { name: "Delete my account" }).click();
    await asked.getByLabel("Password").fill(password);
    await asked.getByRole("button", { name: "Delete my account" }).click();
    await vera.page.getByRole("tab", { name: "Register" }).waitFor();
    await vera.page.context().clearCookies();
    await vera.page.goto("about:blank");
    const heir = await account("vera", "end"); // the name is free
    await heir.page.getByRole("button", { name: /vera Account/ }).waitFor();
  });

  it("does not end with a wrong password, nor when it is thought better of", async () => {
    const mia = await account("mia", "end");
    const asked = mia.page.getByRole("dialog", { name: "Delete my account" });
    await mia.opensSettings("Account");
    await mia.page.getByRole("button", { name: "Delete my account" }).click();
    await asked.getByRole("button", { name: "Cancel" }).click();
    await asked.waitFor({ state: "detached" });
    await mia.opensSettings("Account");
    await mia.page.getByRole("button", { name: "Delete my account" }).click();
    await asked.getByLabel("Password").fill("wrong horse");
    await asked.getByRole("button", { name: "Delete my account" }).click();
    await mia.page.getByRole("status").getByText(/password/i).waitFor();
    await mia.page.reload();
    await mia.page.getByRole("button", { name: /mia Account/ }).waitFor();
  });
});

describe("anybody", () => {
  it("says what she is up to, and others see it", async () => {
    const mar = await guest("mar", "status");
    const bea = await guest("bea", "status");
    await mar.opensSettings("Profile");
    await mar.page.getByLabel("Status", { exact: true }).fill("reading <b>");
    await mar.page.getByLabel("Display name").fill("Marina");
    await mar.page.getByRole("button", { name: "Save", exact: true }).click();
    await bea.page.getByRole("complementary").getByText("reading <b>").waitFor();
    await bea.page.getByRole("complementary").getByText("Marina").waitFor();
  });

  it("reads nothing of whom she blocked, unless she wants to", async () => {
    const mar = await guest("mar", "block");
    const rude = await guest("rude", "block");
    await mar.opensSettings("Blocked people");
    await mar.page.getByLabel("Block", { exact: true }).fill("rude");
    await mar.page.getByRole("button", { name: "Block", exact: true }).click();
    await mar.page.getByRole("button", { name: "Unblock" }).waitFor();
    await mar.page.keyboard.press("Escape");
    await rude.says("something rude");
    await mar.page.getByText("A message of somebody you have blocked").click();
    await mar.sees("something rude");
  });
});
