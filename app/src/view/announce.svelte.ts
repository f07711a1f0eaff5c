// SPDX-License-Identifier: Apache-2.0
// Telling people who look elsewhere: notifications of the system, a sound, the title, and a live region
// for those who listen to the screen.
import { mentionsMe } from "../state/messages";
import type { Conversation, Message, World } from "../state/model";
import { newsIn } from "../state/news";
import { text } from "../text/texts.svelte";
import type { Line } from "../wire/line";
import type { Client } from "./client.svelte";
import { inShort } from "./glimpse";
import { settings } from "./settings.svelte";
import { showSystemNotice, type SystemNotice } from "./system_notices";

const soundSeconds = 0.18;
/** So many may come between two looks of a screen reader. */
const spokenMax = 8;

function beep(): void {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + soundSeconds);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + soundSeconds);
  tone.onended = () => void audio.close();
}

class Announcer {
  /** What a screen reader says, the last one at the end: each by itself, as it may be the same text. */
  spoken = $state.raw<readonly { readonly number: number; readonly text: string }[]>([]);
  private said = 0;

  private say(text: string): void {
    this.said += 1;
    this.spoken = [...this.spoken, { number: this.said, text }].slice(-spokenMax);
  }

  /** What is new between two worlds, with the line that led from one to the other. */
  compare(client: Client, before: World, after: World, line: Line): void {
    for (const { of, message } of newsIn(before, after, line, Date.now())) {
      this.message(client, after, of, message);
    }
  }

  private message(client: Client, world: World, of: Conversation, message: Message): void {
    const looking = client.active === of.key && document.hasFocus();
    const said = inShort(message.text, text.of).slice(0, 200);
    if (client.active === of.key) {
      this.say(`${message.from}: ${said}`);
    }
    const level = settings.kept.levels[of.key] ?? "mentions";
    const wanted = level === "all" || (level === "mentions" && mentionsMe(world, of, message));
    if (looking || !wanted) {
      return;
    }
    const title = of.kind === "room" ? `${message.from} · ${of.name}` : message.from;
    this.notify(client, { title, body: said, key: of.key, time: message.time });
  }

  invited(room: string, by: string): void {
    this.say(text.of.invitedTo(by, room));
  }

  private notify(client: Client, notice: SystemNotice): void {
    if (settings.kept.sound) {
      beep();
    }
    if (!("Notification" in window) || Notification.permission !== "granted") {
      return;
    }
    void showSystemNotice(notice, () => client.places.open(notice.key));
  }
}

export const announce = new Announcer();
