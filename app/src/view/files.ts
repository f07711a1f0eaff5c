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

function namedHosts(): string[] {
  const named = client.world.isupport.get("soju.im/FILEHOST") ?? "";
  try {
    return [location.host, new URL(named, location.href).host];
  } catch {
    return [location.host];
  }
}

/** `/files/ID/NAME` of this server, by whichever of its names. */
export function isOurFile(address: string): boolean {
  const url = new URL(address, location.href);
  return /^\/files\/[^/]+\/./.test(url.pathname) && namedHosts().includes(url.host);
}

/** The small picture that the server keeps beside a large one. */
export function thumbnail(address: string): string {
  const url = new URL(address, location.href);
  return url.pathname.replace(/[^/]*$/, "thumbnail") + url.search;
}

export interface UploadLimits {
  /** Bytes of one file. */
  readonly each: number;
  /** Bytes that she may still hand in. */
  readonly left: number;
}

let asking: Promise<UploadLimits> | null = null;

/** What the server takes now; infinite where it does not say. */
export function uploadLimits(): Promise<UploadLimits> {
  asking ??= fetch("/api/uploads")
    .then((answer) => answer.json())
    .catch(() => null)
    .then((said: unknown) => {
      asking = null; // what is left changes with each file
      const { size_max = Infinity, left = Infinity } = said instanceof Object ? (said as Record<string, unknown>) : {};
      return { each: Number(size_max), left: Number(left) };
    });
  return asking;
}

export interface FileFacts {
  readonly size: number;
  /** "application/pdf" */
  readonly type: string;
}

const factsKept = new Map<string, ReturnType<typeof factsOf>>();
const factsMax = 300;

/** How large a file is and what the server took it for; or why it cannot be had. */
export function factsOf(address: string): Promise<FileFacts | "gone" | "forbidden"> {
  const known = factsKept.get(address);
  if (known !== undefined) {
    return known;
  }
  const asked = fetch(address, { method: "HEAD", credentials: "same-origin" })
    .then((answer) => {
      if (!answer.ok) {
        return answer.status === 403 || answer.status === 401 ? ("forbidden" as const) : ("gone" as const);
      }
      return {
        size: Number(answer.headers.get("Content-Length") ?? 0),
        type: (answer.headers.get("Content-Type") ?? "").split(";")[0] ?? "",
      };
    })
    .catch(() => {
      factsKept.delete(address); // asked again when it is drawn anew
      return "gone" as const;
    });
  if (factsKept.size >= factsMax) {
    factsKept.clear();
  }
  factsKept.set(address, asked);
  return asked;
}

/** The same file by the way that this page came: the policy of the page lets no other in. */
export function localAddress(address: string): string {
  const url = new URL(address);
  return url.pathname + url.search;
}

export interface Uploaded {
  readonly address: string;
  /** The server made the picture anew: it does not say any more where and when it was taken. */
  readonly cleaned: boolean;
}

export interface Upload {
  readonly done: Promise<Uploaded>;
  cancel(): void;
}

/** Status 0: nobody answered; -1: she gave it up. The code is one of docs/protocol/http.md. */
export class UploadFault extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    text: string,
  ) {
    super(text);
  }
}

function read(body: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(body);
    return said instanceof Object ? { ...said } : {};
  } catch {
    return {};
  }
}

/** `{"error":"CODE","message":"…"}` */
export function uploadFault(status: number, body: string): UploadFault {
  const { error = "", message = "" } = read(body);
  return new UploadFault(status, String(error), String(message));
}

export function upload(file: File, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    const host = fileHost();
    if (host === null) {
      reject(new UploadFault(0, "", ""));
      return;
    }
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
        const address = new URL(place, location.href).href;
        resolve({ address, cleaned: read(request.responseText)["cleaned"] === true });
      } else {
        reject(uploadFault(request.status, request.responseText));
      }
    };
    request.onerror = () => reject(new UploadFault(0, "", ""));
    request.onabort = () => reject(new UploadFault(-1, "", ""));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
