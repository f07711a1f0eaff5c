// SPDX-License-Identifier: Apache-2.0
// Files on their way: by drag and by paste, given up and tried again, and what is told of them before;
// pictures, small and large, looked at with keys.
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { type Visitor, setStage } from "./stage";

const stage = setStage();
const { guest, visitor } = stage;
const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function typeOf(name: string): string {
  return name.endsWith(".png") ? "image/png" : name.endsWith(".mp4") ? "video/mp4" : "text/plain";
}

async function chooses(by: Visitor, ...names: string[]): Promise<void> {
  const files = names.map((name) => ({
    name,
    mimeType: typeOf(name),
    buffer: name.endsWith(".png") ? Buffer.from(onePixel, "base64") : Buffer.from(name),
  }));
  await by.page.locator("input[type=file]").setInputFiles(files);
}

async function sendsWhenThere(by: Visitor): Promise<void> {
  const send = by.page.getByRole("button", { name: "Send" });
  await expect.poll(() => send.isEnabled()).toBe(true);
  await send.click();
}

/** What the browser says when files are dragged or pasted: with these files. */
async function hears(by: Visitor, what: "dragenter" | "drop" | "paste", ...names: string[]): Promise<void> {
  await by.page.evaluate(
    ([kind, all]) => {
      const data = new DataTransfer();
      all.forEach((name) => data.items.add(new File([name], name, { type: "text/plain" })));
      const how = { bubbles: true, cancelable: true };
      const event =
        kind === "paste"
          ? new ClipboardEvent(kind, { ...how, clipboardData: data })
          : new DragEvent(kind, { ...how, dataTransfer: data });
      document.querySelector("textarea")?.dispatchEvent(event);
    },
    [what, names] as const,
  );
}

describe("a file", () => {
  it("that failed on its way is tried again", async () => {
    const ana = await guest("ana", "retry");
    await ana.page.route("**/upload", (route) => route.abort());
    await chooses(ana, "notes.txt");
    await ana.page.getByText("Upload failed").waitFor();
    expect(await ana.page.getByRole("button", { name: "Send" }).isEnabled()).toBe(false);
    await ana.page.unroute("**/upload");
    await ana.page.getByRole("button", { name: "Try again" }).click();
    await sendsWhenThere(ana);
    await ana.page.getByRole("log").getByRole("link", { name: /notes\.txt/ }).waitFor();
  });

  it("is given up while it is on its way, and the message goes without it", async () => {
    const ana = await guest("ana", "cancel");
    await ana.page.route("**/upload", () => undefined);
    await chooses(ana, "endless.txt");
    await ana.page.getByRole("progressbar", { name: "endless.txt" }).waitFor();
    await ana.composer.fill("never mind");
    await ana.composer.press("Enter");
    expect(await ana.message("never mind").count()).toBe(0);
    await ana.page.getByRole("button", { name: "Cancel endless.txt" }).click();
    await ana.page.getByRole("progressbar").waitFor({ state: "detached" });
    await ana.composer.press("Enter");
    await ana.sees("never mind");
    expect(await ana.page.getByRole("log").getByRole("link").count()).toBe(0);
  });

  it("is waited for by its message, which is taken back or goes by itself; commands and others pass", async () => {
    const ana = await guest("ana", "waits");
    let letThrough = (): void => undefined;
    const seen = new Promise<void>((resolve) => (letThrough = resolve));
    await ana.page.route("**/upload", async (route) => {
      await seen;
      await route.continue();
    });
    await chooses(ana, "slow.txt");
    await ana.says("look at this");
    const waits = ana.page.getByRole("status").getByText("Sent as soon as the files are there");
    await waits.waitFor();
    expect(await ana.composer.inputValue()).toBe("");
    await ana.page.getByRole("button", { name: "Do not send yet" }).click();
    await waits.waitFor({ state: "detached" });
    expect(await ana.composer.inputValue()).toBe("look at this");
    await ana.composer.press("Enter");
    await waits.waitFor();
    await ana.says("meanwhile");
    await ana.sees("meanwhile");
    await ana.visits("waits-too");
    letThrough();
    await ana.visits("waits");
    await ana.page.getByRole("log").getByRole("link", { name: /slow\.txt/ }).waitFor();
    await ana.sees("look at this");
    expect(await ana.composer.inputValue()).toBe("");
  });

  it("that is larger than the server takes is not sent at all", async () => {
    const ana = await visitor("ana", "large");
    let asked = 0;
    await ana.page.route("**/api/uploads", (route) => route.fulfill({ json: { size_max: 3 } }));
    await ana.page.route("**/upload", (route) => {
      asked += 1;
      return route.continue();
    });
    await ana.comesIn();
    await chooses(ana, "large.txt");
    await ana.page.getByText("Too large: at most 3 B").waitFor();
    expect(asked).toBe(0);
  });

  it("is dropped onto the page, which says that it may be", async () => {
    const ana = await guest("ana", "drop");
    await hears(ana, "dragenter", "dropped.txt");
    await ana.page.getByText("Drop files to send them").waitFor();
    await hears(ana, "drop", "dropped.txt", "<b>two.txt");
    await ana.page.getByText("Drop files to send them").waitFor({ state: "detached" });
    await sendsWhenThere(ana);
    await ana.page.getByRole("log").getByRole("link", { name: /dropped\.txt/ }).waitFor();
    expect(await ana.page.getByRole("log").getByRole("link").count()).toBe(2);
  });

  it("is not taken while a dialog lies over the field", async () => {
    const ana = await guest("ana", "dialog");
    await ana.page.keyboard.press("Control+k");
    await ana.page.getByRole("dialog").waitFor();
    await hears(ana, "dragenter", "dropped.txt");
    await hears(ana, "drop", "dropped.txt");
    await ana.page.keyboard.press("Escape");
    await ana.page.getByRole("dialog").waitFor({ state: "detached" });
    await hears(ana, "drop", "taken.txt");
    await ana.page.getByText("taken.txt").waitFor();
    expect(await ana.page.getByText("dropped.txt").count()).toBe(0);
  });

  it("is not taken where one may not speak", async () => {
    const ana = await guest("ana", "moderated");
    const bea = await guest("bea", "moderated");
    await ana.says("/raw MODE #moderated +m");
    await expect.poll(() => bea.composer.getAttribute("placeholder")).toMatch(/voice/);
    await hears(bea, "drop", "dropped.txt");
    await hears(ana, "drop", "taken.txt");
    await ana.page.getByText("taken.txt").waitFor();
    expect(await bea.page.getByText("dropped.txt").count()).toBe(0);
  });

  it("is pasted into the field", async () => {
    const ana = await guest("ana", "paste");
    await hears(ana, "paste", "pasted.txt");
    await sendsWhenThere(ana);
    await ana.page.getByRole("log").getByRole("link", { name: /pasted\.txt/ }).waitFor();
  });
});

describe("before a file goes", () => {
  it("its button says how large it may be", async () => {
    const ana = await guest("ana", "limit");
    const button = ana.page.getByRole("button", { name: "Attach files" });
    await button.hover();
    await expect.poll(() => button.getAttribute("title")).toMatch(/^Attach files, up to \d+ \wB each$/);
  });

  it("it is said how large each may be, and how much is left, which is less when one has arrived", async () => {
    const ana = await visitor("ana", "left");
    let left = 5_000_000;
    await ana.page.route("**/api/uploads", (route) => route.fulfill({ json: { size_max: 2_000_000, left } }));
    await ana.comesIn();
    let letThrough = (): void => undefined;
    const seen = new Promise<void>((resolve) => (letThrough = resolve));
    await ana.page.route("**/upload", async (route) => {
      await seen;
      left = 3_000_000;
      await route.continue();
    });
    await chooses(ana, "notes.txt");
    await ana.page.getByText("Up to 2 MB each · you have 5 MB left").waitFor();
    letThrough();
    await ana.page.getByText("Up to 2 MB each · you have 3 MB left").waitFor();
  });

  it("it is said of a film that it may tell where it was taken, and of no text", async () => {
    const ana = await guest("ana", "film");
    await chooses(ana, "film.mp4", "notes.txt");
    await expect.poll(() => ana.page.getByRole("button", { name: "Send" }).isEnabled()).toBe(true);
    const said = (of: string) => ana.page.getByRole("listitem").filter({ hasText: of }).getByRole("status");
    await said("film.mp4").getByText("It may say where and when it was taken").waitFor();
    expect(await said("notes.txt").count()).toBe(0);
  });
});

describe("in a room by invitation", () => {
  it("guests see the pictures, large too, and know what a file is", async () => {
    const ana = await guest("ana", "den");
    const eva = await guest("eva", "den");
    [ana, eva].forEach((one) => one.expectsRefusal(/\/files\//)); // and gets a pass for it
    await ana.says("/raw MODE #den +i");
    await chooses(ana, "cat.png", "notes.txt");
    await sendsWhenThere(ana);
    const log = eva.page.getByRole("log");
    await log.getByText("9 B · text/plain").waitFor();
    const picture = log.getByRole("img");
    await expect.poll(() => picture.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth)).toBe(1);
    await picture.click();
    const large = eva.page.getByRole("dialog").getByRole("img");
    await expect.poll(() => large.evaluate((img) => img instanceof HTMLImageElement && img.naturalWidth)).toBe(1);
  });
});

/** A picture, drawn by the browser. */
async function drawn(by: Visitor, width: number, height: number): Promise<Buffer> {
  const address = await by.page.evaluate(
    ([wide, high]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
      canvas.getContext("2d")?.fillRect(0, 0, wide / 2, high / 2);
      return canvas.toDataURL("image/png");
    },
    [width, height] as const,
  );
  return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
}

async function naturalWidth(picture: Locator): Promise<number> {
  return picture.evaluate((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0));
}

/** Sends a picture of 1600 by 1000 pixels, which is returned as it stands in the message. */
async function sendsLarge(by: Visitor): Promise<Locator> {
  const buffer = await drawn(by, 1600, 1000);
  await by.page.locator("input[type=file]").setInputFiles({ name: "large.png", mimeType: "image/png", buffer });
  await sendsWhenThere(by);
  const picture = by.page.getByRole("log").getByRole("img", { name: "large.png" });
  await expect.poll(() => naturalWidth(picture)).toBeGreaterThan(0);
  return picture;
}

describe("pictures", () => {
  it("that are large stand in the message as small ones", async () => {
    const ana = await guest("ana", "thumbnail");
    const picture = await sendsLarge(ana);
    expect(await picture.getAttribute("src")).toMatch(/^\/files\/[^/]+\/thumbnail$/);
    expect(await naturalWidth(picture)).toBeLessThan(1600);
  });

  it("that load late move nothing of what one reads below them", async () => {
    const ana = await guest("ana", "album");
    await sendsLarge(ana);
    const talker = await IrcCaller.enter(stage.irc, "talker", "#album");
    for (let line = 0; line < 40; line += 1) {
      await talker.says("#album", `line ${line}`);
    }
    const bea = await visitor("bea", "album");
    let load: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (load = resolve));
    await bea.page.route("**/thumbnail", async (route) => {
      await gate;
      await route.continue();
    });
    await bea.comesIn();
    await bea.sees("line 39");
    const line = bea.message("line 12");
    await expect
      .poll(async () => {
        await line.evaluate((one) => one.scrollIntoView({ block: "end" }));
        return bea.page.getByRole("button", { name: "Jump to now" }).isVisible();
      })
      .toBe(true);
    const picture = bea.page.getByRole("log").getByRole("img", { name: "large.png" });
    const height = async (): Promise<number> => (await picture.boundingBox())?.height ?? 0;
    expect(await height()).toBeLessThan(100);
    const before = (await line.boundingBox())?.y ?? 0;
    load();
    await expect.poll(height).toBeGreaterThan(200);
    const moved = ((await line.boundingBox())?.y ?? 0) - before;
    expect(Math.abs(moved)).toBeLessThan(2); // what is scrolled is rounded to pixels
    talker.leave();
  });

  it("that the server cannot give just now are not called gone, and come when it can", async () => {
    const ana = await guest("ana", "busy");
    await sendsLarge(ana);
    const bea = await visitor("bea", "busy");
    bea.expectsRefusal(/files/);
    await bea.page.route("**/files/**", (route) => route.fulfill({ status: 503 }));
    await bea.comesIn();
    await bea.page.getByRole("log").getByText("Not loaded").waitFor();
    await bea.page.unroute("**/files/**");
    await bea.page.getByRole("log").getByRole("button", { name: "Try again" }).click();
    const picture = bea.page.getByRole("log").getByRole("img", { name: "large.png" });
    await expect.poll(() => naturalWidth(picture)).toBeGreaterThan(0);
  });

  it("are looked at in their whole size, and fitted to the screen again", async () => {
    const ana = await guest("ana", "whole");
    await (await sendsLarge(ana)).click();
    const viewer = ana.page.getByRole("dialog", { name: "Picture" });
    const wide = async (): Promise<number> => (await viewer.getByRole("img").boundingBox())?.width ?? 0;
    const whole = viewer.getByRole("button", { name: "Whole size" });
    await expect.poll(() => naturalWidth(viewer.getByRole("img"))).toBe(1600);
    expect(await wide()).toBeLessThan(1200);
    await whole.click();
    await expect.poll(wide).toBe(1600);
    expect(await whole.getAttribute("aria-pressed")).toBe("true");
    await whole.click();
    await expect.poll(wide).toBeLessThan(1200);
  });

  it("are looked at with keys alone, and the focus comes back", async () => {
    const ana = await guest("ana", "pictures");
    await chooses(ana, "one.png", "two.png");
    await sendsWhenThere(ana);
    const second = ana.page.getByRole("log").getByRole("button", { name: "Picture 2" });
    await expect.poll(() => second.count()).toBe(1);
    const row = ana.page.getByRole("log").locator("[data-row]").last();
    await expect.poll(() => row.getAttribute("data-row")).not.toMatch(/^~/); // confirmed
    const first = ana.page.getByRole("log").getByRole("button", { name: "Picture 1" });
    await first.focus();
    await ana.page.keyboard.press("Enter");
    const viewer = ana.page.getByRole("dialog", { name: "Picture" });
    const shown = (name: string) => viewer.getByRole("img", { name }).waitFor();
    await shown("one.png");
    await ana.isAccessible("viewer");
    await ana.page.keyboard.press("ArrowRight");
    await shown("two.png");
    await ana.page.keyboard.press("ArrowRight");
    await shown("one.png");
    await ana.page.keyboard.press("ArrowLeft");
    await shown("two.png");
    await ana.page.keyboard.press("Escape");
    await viewer.waitFor({ state: "detached" });
    await expect.poll(() => first.evaluate((one) => one === document.activeElement)).toBe(true);
  });
});
