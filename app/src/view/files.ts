// SPDX-License-Identifier: Apache-2.0
// Files of this server: which links are theirs, and how one gets there (soju.im/FILEHOST: POST to the
// URL that ISUPPORT names; 201 and Location).
import { client } from "./client.svelte";

export function fileHost(): URL | null {
  const named =
    client.world.isupport.get("soju.im/FILEHOST") ?? client.world.isupport.get("draft/FILEHOST");
  if (named === undefined) {
    return null;
  }
  try {
    const url = new URL(named, location.href);
    // The server knows itself by one name, and we came by another: it is the same door.
    return url.pathname.startsWith("/") && !/^https?:/.test(named) ? url : sameDoor(url);
  } catch {
    return null;
  }
}

function sameDoor(url: URL): URL {
  return new URL(url.pathname + url.search, location.origin);
}

/** Below the file host's own path, or where it keeps what was uploaded. */
export function isOurFile(address: string): boolean {
  const host = fileHost();
  if (host === null) {
    return false;
  }
  const url = new URL(address);
  return /^\/(files?|uploads?)\/./.test(url.pathname) || url.pathname.startsWith(`${host.pathname.replace(/\/$/, "")}/`);
}

/** The same file by the way that this page came: the policy of the page lets no other in. */
export function localAddress(address: string): string {
  const url = new URL(address);
  return url.pathname + url.search;
}

export interface Upload {
  readonly done: Promise<string>;
  cancel(): void;
}

export class UploadFault extends Error {
  constructor(
    readonly status: number,
    text: string,
  ) {
    super(text);
  }
}

export function upload(file: File, room: string, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<string>((resolve, reject) => {
    const host = fileHost();
    if (host === null) {
      reject(new UploadFault(0, ""));
      return;
    }
    host.searchParams.set("room", room);
    request.open("POST", host.pathname + host.search);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader(
      "Content-Disposition",
      `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    );
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) {
        progress(event.loaded / event.total);
      }
    };
    request.onload = () => {
      const place = request.getResponseHeader("Location");
      if (request.status === 201 && place !== null) {
        resolve(new URL(place, location.href).href);
      } else {
        reject(new UploadFault(request.status, request.responseText.slice(0, 200)));
      }
    };
    request.onerror = () => reject(new UploadFault(0, ""));
    request.onabort = () => reject(new UploadFault(-1, ""));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
