// SPDX-License-Identifier: Apache-2.0
import { mount } from "svelte";
import App from "./view/App.svelte";
import { earlyAnswer } from "./view/early";
import { whenIdle } from "./view/idle";
import "./view/style.css";

const soonMs = 400;
const place = document.getElementById("app");
if (place !== null) {
  // Who comes back sees the chat with what was said there, drawn once; but something soon.
  const soon = new Promise((resolve) => setTimeout(resolve, soonMs));
  void Promise.race([earlyAnswer(), soon]).then(() => mount(App, { target: place }));
}
// What is only for the next visit does not get in the way of this one.
const settledMs = 2_000;
async function keepForLater(worker: ServiceWorkerContainer): Promise<void> {
  await worker.register("/service-worker.js");
  const { active } = await worker.ready;
  whenIdle(() => active?.postMessage("idle"));
}
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  addEventListener("load", () => {
    setTimeout(() => void keepForLater(serviceWorker).catch(() => undefined), settledMs);
  });
}
