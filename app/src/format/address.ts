// SPDX-License-Identifier: Apache-2.0
// What stands in the address behind the #: a room, or somebody (`#@bea`), a message that is to be shown,
// and the room's password, where it came along with the invitation. No browser sends that part of an
// address to a server.

import { isRoomName } from "../wire/line";

export interface Place {
  /** "#redes"; "@bea" with whom one talks alone. */
  readonly room: string;
  readonly message: string | null;
  /** "": none came along. */
  readonly password: string;
}

/** "#redes/AbC": the room and its message; "#redes,word": the room and its password (no name of a room
 * has a comma); null where none is named. A room may be called ##x: what is encoded belongs to its
 * name. */
export function readPlace(hash: string): Place | null {
  const [place = "", word = ""] = hash.replace(/^#+/, "").split(",");
  const [room = "", message = ""] = place.split("/");
  try {
    const name = decodeURIComponent(room);
    const id = decodeURIComponent(message);
    const password = decodeURIComponent(word);
    const isPerson = room.startsWith("@") && name.length > 1;
    return name === "" ? null : { room: isPerson ? name : `#${name}`, message: id === "" ? null : id, password };
  } catch {
    return null;
  }
}

/** With its password it opens the room to whoever has the address. */
export function invitationTo(room: string, password: string): string {
  return `${placeOf(room)},${encodeURIComponent(password)}`;
}

export function placeOf(conversation: string, message: string | null = null): string {
  const name = isRoomName(conversation)
    ? encodeURIComponent(conversation.replace(/^#/, ""))
    : `@${encodeURIComponent(conversation)}`;
  return `/#${name}${message === null ? "" : `/${encodeURIComponent(message)}`}`;
}

/** A link to a room or message of this very server. */
export function placeIn(link: string, origin: string): Place | null {
  const url = new URL(link);
  return url.origin === origin && url.pathname === "/" && url.search === ""
    ? readPlace(url.hash)
    : null;
}

/** Somebody's link led here; the app's own addresses have a state, also when the page is loaded anew. */
export function isLinked(): boolean {
  return history.state === null;
}
