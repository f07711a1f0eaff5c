// SPDX-License-Identifier: Apache-2.0
import { mount } from "svelte";
import App from "./view/App.svelte";
import { whenIdle } from "./view/idle";
import "./view/style.css";

const place = document.getElementById("app");
if (place !== null) {
  mount(App, { target: place });
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
