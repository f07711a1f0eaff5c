// SPDX-License-Identifier: Apache-2.0
// What stands in the address behind the #: a room, and a message of it that is to be shown.

export interface Place {
  readonly room: string;
  readonly message: string | null;
}

/** "#redes/AbC": the room and its message; null where none is named. */
export function readPlace(hash: string): Place | null {
  const [room = "", message = ""] = hash.replace(/^#/, "").split("/");
  try {
    const name = decodeURIComponent(room).replace(/^#/, "");
    const id = decodeURIComponent(message);
    return name === "" ? null : { room: `#${name}`, message: id === "" ? null : id };
  } catch {
    return null;
  }
}

export function placeOf(room: string, message: string | null = null): string {
  const name = encodeURIComponent(room.replace(/^#/, ""));
  return `/#${name}${message === null ? "" : `/${encodeURIComponent(message)}`}`;
}

/** A link to a room or message of this very server. */
export function placeIn(link: string, origin: string): Place | null {
  const url = new URL(link);
  return url.origin === origin && url.pathname === "/" && url.search === ""
    ? readPlace(url.hash)
    : null;
}
