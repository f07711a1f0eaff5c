// SPDX-License-Identifier: Apache-2.0
import { mount } from "svelte";
import App from "./view/App.svelte";
import "./view/style.css";

const place = document.getElementById("app");
if (place !== null) {
  mount(App, { target: place });
}
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/service-worker.js").catch(() => undefined);
}
