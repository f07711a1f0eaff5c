// SPDX-License-Identifier: Apache-2.0
// Keeping order on the whole server: reports, bans, mutes, the log.
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const { account, guest } = stage;

/** An account that has these rights before it is told so. */
async function operator(name: string, room: string, ...rights: string[]): Promise<Visitor> {
  const made = await account(name, room);
  stage.server.account("rights", name, `+${rights.join(",")}`);
  await made.page.getByRole("button", { name: /^Keep order/ }).waitFor();
  return made;
}

async function opens(by: Visitor, tab?: string): Promise<void> {
  await by.page.getByRole("button", { name: /^Keep order/ }).click();
  if (tab !== undefined) {
    await by.page.getByRole("dialog").getByRole("tab", { name: tab }).click();
  }
}

async function reports(by: Visitor, said: string, why: string): Promise<void> {
  await by.message(said).hover();
  await by.page.getByRole("button", { name: "More", exact: true }).last().click();
  await by.page.getByRole("menuitem", { name: "Report" }).click();
  await by.page.getByLabel("Reason").fill(why);
  await by.page.getByRole("dialog").getByRole("button", { name: "Report" }).click();
  await by.page.getByText("Reported to the operators").waitFor();
}

describe("a report", () => {
  it("reaches the operator at once, leads to the message, and is settled", async () => {
    const olga = await operator("olga", "plaza", "reports", "mute", "log");
    const bea = await guest("bea", "plaza");
    const rude = await IrcCaller.enter(stage.irc, "rude", "#plaza");
    await rude.says("#plaza", "something rude");
    await bea.sees("something rude");
    await reports(bea, "something rude", "<img src=x onerror=alert(1)> insults");
    await olga.page.getByRole("button", { name: "Keep order: 1 open report" }).click();
    const dialog = olga.page.getByRole("dialog", { name: "Keep order" });
    await dialog.getByText("<img src=x onerror=alert(1)> insults").waitFor();
    expect(await dialog.locator("img").count()).toBe(0);
    await dialog.getByText("reported by bea").waitFor();
    await dialog.getByRole("button", { name: "Show the message" }).click();
    await olga.page.locator("article.flash").getByText("something rude").waitFor();

    await opens(olga);
    await dialog.getByLabel("For how long").selectOption({ label: "1 hour" });
    await dialog.getByRole("textbox", { name: "A word why" }).fill("be kind");
    await dialog.getByRole("button", { name: "Mute", exact: true }).click();
    await rude.sees(/NOTICE rude :You are muted .* be kind/);
    await dialog.getByRole("button", { name: "Settle" }).click();
    await dialog.getByText("Nothing is reported.").waitFor();
    await dialog.getByRole("tab", { name: "Log" }).click();
    await dialog.getByText(/olga settled a report about rude/).waitFor();
    await dialog.getByText(/olga muted .*rude.*until .*be kind/).waitFor();
    rude.leave();
  });

  it("of what a program said names the program", async () => {
    const oda = await operator("oda", "robots", "reports");
    const bea = await guest("bea", "robots");
    const hook = await oda.page.evaluate(async () => {
      const wish = { method: "POST", body: JSON.stringify({ name: "Deploys" }) };
      const answer = await fetch("/api/rooms/robots/webhooks", { ...wish, headers: { "Content-Type": "application/json" } });
      const made = (await answer.json()) as { url: string };
      return new URL(made.url, location.href).pathname;
    });
    await fetch(stage.server.own + hook, { method: "POST", body: "buy cheap watches" });
    await bea.sees("buy cheap watches");
    await reports(bea, "buy cheap watches", "spam");
    await opens(oda);
    await oda.page.getByRole("dialog", { name: "Keep order" }).getByText("(Deploys) spam").waitFor();
  });
});

describe("a ban from the server", () => {
  it("is imposed, keeps whom it meets outside, and is lifted", async () => {
    const otto = await operator("otto", "gate", "ban");
    const pest = await IrcCaller.enter(stage.irc, "pest", "#gate");
    await otto.page.getByRole("complementary").getByRole("button", { name: /pest/ }).click();
    await otto.page.getByRole("dialog").getByRole("button", { name: "Keep order" }).click();
    const dialog = otto.page.getByRole("dialog", { name: "Keep order" });
    await expect.poll(() => dialog.getByRole("tab").allTextContents()).toEqual(["Bans"]);
    expect(await dialog.getByLabel("Whom?").inputValue()).toBe("pest");
    await dialog.getByLabel("For how long").selectOption({ label: "For good" });
    await dialog.getByLabel(/A word why/).fill("2h is not enough");
    await dialog.getByRole("button", { name: "Ban", exact: true }).click();
    await pest.sees(/ERROR .*2h is not enough/);
    await dialog.getByText("nick:pest", { exact: true }).waitFor();
    await dialog.getByText(/for good · by otto/).waitFor();
    await dialog.getByRole("button", { name: "Lift: nick:pest" }).click();
    await dialog.getByText("Nobody is banned from the server.").waitFor();
    pest.leave();
  });

  it("that would meet everybody is refused with a word why", async () => {
    const iris = await operator("iris", "gate", "ban");
    await opens(iris);
    const dialog = iris.page.getByRole("dialog", { name: "Keep order" });
    await dialog.getByLabel("Whom?").fill("nick:*");
    await dialog.getByRole("button", { name: "Ban", exact: true }).click();
    await iris.page.getByRole("status").getByText("would meet nearly everybody").waitFor();
    expect(await dialog.getByLabel("Whom?").inputValue()).toBe("nick:*");
  });
});

describe("who has no rights", () => {
  it("is not shown what she may not do, and operators only what they may", async () => {
    const noah = await account("noah", "plain");
    const lia = await operator("lia", "plain", "log");
    expect(await noah.page.getByRole("button", { name: /^Keep order/ }).count()).toBe(0);
    await opens(lia);
    await expect.poll(() => lia.page.getByRole("dialog").getByRole("tab").allTextContents()).toEqual(["Log"]);
    await lia.page.getByText("The server's owner changed the rights of lia").waitFor();
    await lia.page.keyboard.press("Escape");
    stage.server.account("rights", "lia", "--", "-log");
    await lia.page.getByRole("button", { name: /^Keep order/ }).waitFor({ state: "detached" });
  });
});
