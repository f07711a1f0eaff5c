// SPDX-License-Identifier: Apache-2.0
import { mount } from "svelte";
import App from "./view/App.svelte";
import "./view/style.css";

const place = document.getElementById("app");
if (place !== null) {
  mount(App, { target: place });
}
// What is only for the next visit does not get in the way of this one.
const settledMs = 2_000;
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  const register = (): void => void serviceWorker.register("/service-worker.js").catch(() => undefined);
  addEventListener("load", () => setTimeout(register, settledMs));
}
