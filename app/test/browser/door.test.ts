// SPDX-License-Identifier: Apache-2.0
// The entrance: its language and its light, what it refuses, the cookie that it gives, and that other
// sites can do nothing with it.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { freePort, password, setStage, Server, type Visitor } from "./stage";

const stage = setStage();
const { account, visitor } = stage;

async function register(origin: string, name: string): Promise<Response> {
  return fetch(`${stage.server.own}/api/register`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Origin: origin },
    body: JSON.stringify({ account: name, password }),
  });
}

async function background(of: Visitor): Promise<string> {
  return of.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

describe("the entrance", () => {
  it("speaks the other language as soon as it is chosen, and after a reload", async () => {
    const { page } = await visitor("ana", "door");
    await page.getByText("You will join #door").waitFor();
    await page.getByLabel("Language").selectOption({ label: "Español" });
    await page.getByText("Vas a entrar en #door").waitFor();
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("es");
    await page.reload();
    await page.getByRole("tab", { name: "Registrarse" }).waitFor();
    await page.getByLabel("Idioma").selectOption({ label: "English" });
    await page.getByRole("tab", { name: "Register" }).waitFor();
  });

  it("turns dark and light when that is chosen, whatever the system has", async () => {
    const ana = await visitor("ana", "door", { colorScheme: "light" });
    const light = await background(ana);
    await ana.page.getByLabel("Appearance").selectOption({ label: "Dark" });
    await expect.poll(() => background(ana)).not.toBe(light);
    const dark = await background(ana);
    await ana.page.reload();
    await ana.page.getByLabel("Appearance").waitFor();
    expect(await background(ana)).toBe(dark);
    await ana.page.emulateMedia({ colorScheme: "dark" });
    await ana.page.getByLabel("Appearance").selectOption({ label: "Light" });
    await expect.poll(() => background(ana)).toBe(light);
  });

  it("says what is wrong with a name, a password and both", async () => {
    const ana = await account("ana", "door");
    ana.expectsRefusal(/\/api\/(login|register)/);
    const { page } = ana;
    await ana.says("/quit");
    const fault = page.getByRole("alert");
    await page.getByRole("tab", { name: "Log in" }).click();
    await page.getByRole("textbox", { name: "Your name" }).fill("ana");
    await page.getByLabel("Password", { exact: true }).fill("wrong horse");
    await page.getByRole("button", { name: "Come in" }).click();
    await fault.getByText("This name and password do not belong together.").waitFor();
    await page.getByRole("tab", { name: "Register" }).click();
    await fault.getByText("This name and password").waitFor({ state: "detached" });
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByLabel("Password again").fill("shorn");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await fault.getByText("The passwords differ.").waitFor();
    await page.getByLabel("Password again").fill("short");
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await fault.getByText("At least 8 characters, please.").waitFor();
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByLabel("Password again").fill(password);
    await page.getByRole("button", { name: "Register", exact: true }).click();
    await fault.getByText("Somebody has this name.").waitFor();
  });

  it("asks for the server's own password where there is one, and for a code to register", async () => {
    const hall = await Server.start({
      settings: 'password = "sesamo"\n[accounts]\nregistration = "invite"\n',
    });
    const { page } = await visitor("ana", "door");
    await page.goto(hall.address);
    await page.getByRole("textbox", { name: "Your name" }).fill("ana");
    await page.getByLabel("Password of this server").fill("nuts");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("The password of this server is wrong.").waitFor();
    await page.getByRole("tab", { name: "Register" }).click();
    await page.getByLabel("Invitation code").waitFor();
    await page.getByRole("tab", { name: "As a guest" }).click();
    await page.getByLabel("Password of this server").fill("sesamo");
    await page.getByRole("button", { name: "Come in" }).click();
    await page.getByRole("log").waitFor();
    await page.goto("about:blank");
    await hall.end();
  });
});

describe("the cookie of a log-in", () => {
  it("is out of reach for scripts and stays on this site", async () => {
    const ana = await account("cora", "door");
    const cookies = await ana.page.context().cookies(stage.server.address);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ name: "tertulia", httpOnly: true, sameSite: "Strict", path: "/" });
    expect(await ana.page.evaluate(() => document.cookie)).toBe("");
  });

  it("is given to no page of another site", async () => {
    const refused = await register("https://evil.example", "mallory");
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: "other_origin" });
    expect(refused.headers.getSetCookie()).toEqual([]);
    const made = await register(stage.server.own, "mallory");
    expect(made.status).toBe(201);
    expect(made.headers.getSetCookie()).toHaveLength(1);
  });

  it("lets no page of another site change anything, nor listen", async () => {
    const made = await register(stage.server.own, "prey");
    const [cookie = ""] = made.headers.getSetCookie().map((one) => one.split(";")[0]);
    const asked = async (origin: string, path: string, method: string): Promise<number> =>
      (await fetch(stage.server.own + path, {
        method,
        headers: { Cookie: cookie, Origin: origin, "Content-Type": "application/json" },
        ...(method === "POST" ? { body: JSON.stringify({ name: "robot" }) } : {}),
      })).status;
    expect(await asked("https://evil.example", "/api/tokens", "POST")).toBe(403);
    expect(await asked("https://evil.example", "/api/logins", "DELETE")).toBe(403);
    expect(await asked("https://evil.example", "/api/logout", "POST")).toBe(403);
    expect(await asked("https://evil.example", "/upload", "POST")).toBe(403);
    expect(await asked(stage.server.own, "/api/tokens", "POST")).toBe(201);
  });

  it("opens no conversation to a page of another site, seen in a browser", async () => {
    const ana = await account("nora", "door");
    const { page } = ana;
    const port = await freePort();
    const other = `http://localhost:${port}/`;
    await page.route(other, (route) => route.fulfill({ contentType: "text/html", body: "<title>evil</title>" }));
    await page.goto(other);
    const said = await page.evaluate(async (server) => {
      const opened = await new Promise((resolve) => {
        const socket = new WebSocket(`${server.replace("http", "ws")}/irc`);
        socket.onopen = () => resolve("open");
        socket.onerror = () => resolve("refused");
      });
      const read = await fetch(`${server}/api/logins`, { credentials: "include" }).then(
        () => "read",
        () => "unreadable",
      );
      return [opened, read];
    }, stage.server.own);
    ana.expectsRefusal(/CORS|ERR_|\/irc|\/api\/logins/);
    expect(said).toEqual(["refused", "unreadable"]);
  });
});

describe("the app", () => {
  it("can be installed: a name, pictures of the sizes that are asked for, a worker, a start", async () => {
    const { page } = await visitor("ana", "door");
    const address = await page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = (await (await fetch(new URL(address ?? "", stage.server.own))).json()) as {
      name: string;
      start_url: string;
      display: string;
      icons: { src: string; sizes: string; type: string }[];
    };
    expect(manifest).toMatchObject({ name: "Tertulia", start_url: "/", display: "standalone" });
    expect(manifest.icons.map((one) => one.sizes)).toEqual(expect.arrayContaining(["192x192", "512x512"]));
    for (const icon of manifest.icons) {
      const answer = await fetch(new URL(icon.src, stage.server.own));
      expect(answer.status, icon.src).toBe(200);
      expect(answer.headers.get("content-type"), icon.src).toContain(icon.type);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(
        readFileSync(new URL(`../../public${icon.src}`, import.meta.url)),
      );
    }
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(`${stage.server.address}/`);
    const tools = await page.context().newCDPSession(page);
    const { installabilityErrors } = await tools.send("Page.getInstallabilityErrors");
    // Chromium without a profile installs nothing: that is the only thing that may be wrong.
    expect(installabilityErrors.map((one) => one.errorId).filter((one) => one !== "in-incognito")).toEqual([]);
  });
});
