// SPDX-License-Identifier: Apache-2.0
// On a phone, in Spanish, with one finger: rooms, members, what is done with a message, pictures, files.
import { beforeAll, describe, expect, it } from "vitest";
import { IrcCaller } from "./people";
import { phone, setStage, type Visitor } from "./stage";

const stage = setStage({ visitorsStay: true });
const onePixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
let sol: Visitor;
let bea: IrcCaller;

beforeAll(async () => {
  bea = await IrcCaller.enter(stage.irc, "bea", "#plaza");
  sol = await stage.visitor("sol", "plaza", { ...phone, locale: "es-ES", colorScheme: "dark" });
  await sol.isAccessible("entrance, phone");
  await sol.comesIn();
});

async function says(text: string): Promise<void> {
  await sol.composer.fill(text);
  await sol.page.getByRole("button", { name: "Enviar" }).tap();
}

function row(text: string) {
  return sol.page.getByRole("log").getByRole("article").filter({ hasText: text }).last();
}

describe("one finger", () => {
  it("opens the rooms, goes to another one, and is back in the conversation", async () => {
    const { page } = sol;
    await bea.says("#plaza", "hola, sol");
    await sol.sees("hola, sol");
    await page.getByRole("button", { name: "Menú" }).tap();
    await page.getByRole("heading", { name: "Salas" }).waitFor();
    await page.getByRole("button", { name: "Sala nueva" }).tap();
    await page.getByLabel("Nombre de la sala").fill("patio");
    await page.getByRole("button", { name: "Crear una sala #patio" }).tap();
    await sol.isAt("#patio");
    await page.getByRole("button", { name: "Menú" }).tap();
    await page.getByRole("navigation").getByRole("button", { name: /^plaza/ }).tap();
    await sol.isAt("#plaza");
    await page.getByRole("heading", { name: "Salas" }).waitFor({ state: "hidden" });
    await sol.fits("phone");
  });

  it("closes the rooms by a tap beside them", async () => {
    const { page } = sol;
    await page.getByRole("button", { name: "Menú" }).tap();
    await page.getByRole("heading", { name: "Salas" }).waitFor();
    await page.touchscreen.tap(phone.viewport.width - 8, phone.viewport.height / 2);
    await page.getByRole("heading", { name: "Salas" }).waitFor({ state: "hidden" });
  });

  it("opens the members, and one of them", async () => {
    const { page } = sol;
    await page.getByRole("button", { name: /^Miembros: 2/ }).tap();
    const list = page.getByRole("complementary", { name: "Miembros" });
    await list.getByRole("heading", { name: "Miembros", exact: true }).waitFor();
    await sol.isAccessible("members, phone");
    await sol.fits("phone");
    await list.getByRole("button", { name: /bea/ }).tap();
    await page.getByRole("dialog").getByRole("heading", { name: "bea" }).waitFor();
    await list.waitFor({ state: "hidden" });
    await page.getByRole("dialog").getByRole("button", { name: "Cerrar" }).tap();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("has the tools of a message at a tap, and answers with them", async () => {
    const question = "¿quién trae el café?";
    await bea.says("#plaza", question);
    await row(question).getByText(question).tap();
    await row(question).getByRole("button", { name: "Responder" }).waitFor();
    await sol.isAccessible("tools, phone");
    await row(question).getByRole("button", { name: "Responder" }).tap();
    await says("yo");
    await row("yo").getByRole("button", { name: `bea ${question}` }).waitFor();
  });

  it("hides them by another tap, there or at another message, and they lie over no text", async () => {
    await bea.says("#plaza", "uno");
    await bea.says("#plaza", "dos");
    const tools = (text: string) => row(text).getByRole("button", { name: "Responder" });
    await row("uno").getByText("uno").tap();
    await tools("uno").waitFor();
    const [text, tool] = await Promise.all([row("uno").getByText("uno").boundingBox(), tools("uno").boundingBox()]);
    expect(tool?.y).toBeGreaterThanOrEqual((text?.y ?? 0) + (text?.height ?? 0));
    await row("dos").getByText("dos").tap();
    await tools("dos").waitFor();
    await tools("uno").waitFor({ state: "hidden" });
    await row("dos").getByText("dos").tap();
    await tools("dos").waitFor({ state: "hidden" });
  });

  it("reacts, edits and deletes", async () => {
    const { page } = sol;
    await says("un eror");
    const start = bea.shown.length;
    await row("un eror").getByText("un eror").tap();
    await row("un eror").getByRole("button", { name: "Reaccionar 👍" }).tap();
    await bea.sees(/draft\/react=👍.* TAGMSG #plaza/, start - 1);
    await row("un eror").getByRole("button", { name: "Editar", exact: true }).tap();
    await expect.poll(() => sol.composer.inputValue()).toBe("un eror");
    await says("un error");
    await row("un error").getByText("(editado)").waitFor();
    if (!(await row("un error").getByRole("button", { name: "Más", exact: true }).isVisible())) {
      await row("un error").getByText("un error").tap();
    }
    await row("un error").getByRole("button", { name: "Más", exact: true }).tap();
    await page.getByRole("menuitem", { name: "Borrar" }).tap();
    await page.getByRole("dialog").getByRole("button", { name: "Borrar" }).tap();
    await page.getByRole("log").getByText("Mensaje borrado").waitFor();
  });

  it("begins a line with Enter, as the key says, and sends with Control and Enter", async () => {
    expect(await sol.composer.getAttribute("enterkeyhint")).toBe("enter");
    await sol.composer.fill("primera");
    await sol.composer.press("Enter");
    await sol.composer.pressSequentially("segunda");
    expect(await sol.composer.inputValue()).toBe("primera\nsegunda");
    await sol.composer.press("Control+Enter");
    await row("segunda").waitFor();
    expect(await sol.composer.inputValue()).toBe("");
  });

  it("sends a file and a picture, and looks at the picture", async () => {
    const { page } = sol;
    const [picker] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: /^Adjuntar/ }).tap(),
    ]);
    expect(picker.isMultiple()).toBe(true);
    await picker.setFiles([
      { name: "notas.txt", mimeType: "text/plain", buffer: Buffer.from("notas") },
      { name: "foto.png", mimeType: "image/png", buffer: Buffer.from(onePixel, "base64") },
    ]);
    const send = page.getByRole("button", { name: "Enviar" });
    await expect.poll(() => send.isEnabled()).toBe(true);
    await sol.isAccessible("files that wait, phone");
    await sol.fits("phone");
    await send.tap();
    await row("notas.txt").getByRole("link", { name: /notas\.txt/ }).waitFor();
    await row("notas.txt").getByRole("button", { name: "Imagen 1" }).tap();
    const viewer = page.getByRole("dialog", { name: "Imagen" });
    await viewer.getByRole("img", { name: "foto.png" }).waitFor();
    await sol.isAccessible("viewer, phone");
    await sol.fits("phone");
    await viewer.getByRole("button", { name: "Cerrar" }).last().tap();
    await viewer.waitFor({ state: "detached" });
  });

  it("finds what was said, and is led there", async () => {
    const { page } = sol;
    await page.getByRole("button", { name: "Buscar", exact: true }).tap();
    const field = page.getByRole("searchbox", { name: "Buscar" });
    const hits = page.getByRole("region", { name: "Buscar" });
    const look = async (): Promise<number> => {
      await field.fill("hola");
      await field.press("Enter");
      await hits.getByText(/^\d+ resultados?$|^No se ha encontrado/).first().waitFor();
      return hits.getByRole("button", { name: /hola, sol/ }).count();
    };
    await expect.poll(look, { interval: 500 }).toBe(1);
    await sol.isAccessible("hits, phone");
    await sol.fits("phone");
    await hits.getByRole("button", { name: /hola, sol/ }).tap();
    await page.locator("article.flash").getByText("hola, sol").waitFor();
  });
});
