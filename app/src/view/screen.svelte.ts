// SPDX-License-Identifier: Apache-2.0
// What is open on the screen beside the conversation: one dialog at most, drawers, the search.
import { logOut } from "./account";
import { text } from "../text/texts.svelte";
import { fold } from "../wire/line";
import type { Place } from "../format/address";
import type { About } from "../state/about";
import { client } from "./client.svelte";
import { endPushes } from "./push";
import { settings } from "./settings.svelte";

export type Dialog =
  | { readonly is: "browse" }
  | { readonly is: "make" }
  | { readonly is: "switcher" }
  | { readonly is: "keys" }
  | { readonly is: "settings" }
  | { readonly is: "room"; readonly name: string }
  | { readonly is: "pinned"; readonly name: string }
  | { readonly is: "operators"; readonly whom?: string }
  | { readonly is: "person"; readonly nickname: string }
  | { readonly is: "details"; readonly conversation: string; readonly id: string }
  | { readonly is: "password"; readonly room: string; /** One was told. */ readonly wrong: boolean }
  | { readonly is: "viewer"; readonly images: readonly string[]; readonly at: number }
  | {
      readonly is: "confirm";
      readonly question: string;
      readonly action: string;
      readonly danger: boolean;
      readonly ask?: string;
      readonly secret?: boolean;
      readonly then: (answer: string) => void;
    };

class Screen {
  dialog = $state.raw<Dialog | null>(null);
  private shut: Extract<Dialog, { is: "password" }>[] = [];
  /** On a narrow screen one of the two covers the conversation. */
  drawer = $state<"none" | "rooms" | "members">("none");
  searching = $state(false);
  /** The message that is to be shown, and how often that was asked. */
  target = $state.raw<{ readonly key: string; readonly id: string; readonly times: number } | null>(
    null,
  );
  replyTo = $state.raw<About | null>(null);
  editing = $state.raw<About | null>(null);
  /** By message: how far an edit is. */
  readonly edited = new Map<string, string>();
  insert = $state.raw<{ readonly text: string; readonly times: number } | null>(null);

  show(dialog: Dialog): void {
    this.drawer = "none";
    this.dialog = dialog;
  }

  close(): void {
    this.dialog = this.shut.shift() ?? null;
  }

  /** Several rooms may ask, one after the other. */
  askPassword(room: string, wrong: boolean): void {
    const asked = { is: "password", room, wrong } as const;
    if (this.dialog?.is !== "password") {
      this.show(asked);
    } else if (![this.dialog, ...this.shut].some((one) => fold(one.room) === fold(room))) {
      this.shut.push(asked);
    }
  }

  /** What stands at the right has a place of its own, and lies over nothing. */
  private get sideFits(): boolean {
    return !matchMedia("(max-width: 1000px)").matches;
  }

  get membersShown(): boolean {
    return this.sideFits ? settings.kept.membersShown : this.drawer === "members";
  }

  showMembers(shown: boolean): void {
    if (this.sideFits) {
      settings.kept.membersShown = shown;
      settings.save();
    } else {
      this.drawer = shown ? "members" : "none";
    }
    this.searching &&= !shown;
  }

  /** Then: what is to be done once the server was told. */
  askRemoval(target: string, id: string, then = (): void => undefined): void {
    this.show({
      is: "confirm",
      question: text.of.removeAsk,
      action: text.of.remove,
      danger: true,
      then: () => {
        if (client.speech.remove(target, id)) {
          then();
        }
      },
    });
  }

  openConversation(key: string): void {
    client.opensNext(null); // what comes late takes nobody away who went elsewhere
    client.places.open(key);
    this.drawer = "none";
  }

  jump(key: string, id: string): void {
    client.opensNext(null);
    client.places.open(key);
    this.drawer = "none";
    // What was found stays: the search opens with it again.
    this.searching &&= this.sideFits;
    this.target = { key, id, times: (this.target?.times ?? 0) + 1 };
  }

  /** Goes where an address leads: into the room, and to its message. */
  follow(place: Place | null): void {
    if (place === null) {
      return;
    }
    if (place.message !== null) {
      const times = (this.target?.times ?? 0) + 1;
      this.target = { key: fold(place.room.replace(/^@/, "")), id: place.message, times };
    }
    if (client.inside) {
      client.places.learn(place);
      client.places.go(place.room);
      this.drawer = "none";
    }
  }

  write(what: string): void {
    this.insert = { text: what, times: (this.insert?.times ?? 0) + 1 };
  }

  logOut(): void {
    client.places.leaveAddress();
    void endPushes(client);
    void logOut();
    settings.forgetReader();
    this.forgetReader();
    client.leave();
  }

  forgetReader(): void {
    this.dialog = null;
    this.shut = [];
    this.drawer = "none";
    this.searching = false;
    this.replyTo = this.editing = this.insert = null;
    this.edited.clear();
  }
}

export const screen = new Screen();
