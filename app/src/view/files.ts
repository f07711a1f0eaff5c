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

/** Who does not say it soon has no limits that are known. */
const limitsMs = 10_000;

let asking: Promise<UploadLimits> | null = null;

/** What the server takes now; infinite where it does not say. */
export function uploadLimits(): Promise<UploadLimits> {
  asking ??= fetch("/api/uploads", { signal: AbortSignal.timeout(limitsMs) })
    .then((answer) => answer.json())
    .catch(() => null)
    .then((said: unknown) => {
      asking = null; // what is left changes with each file
      const { size_max = Infinity, left = Infinity } = said instanceof Object ? (said as Record<string, unknown>) : {};
      return { each: Number(size_max), left: Number(left) };
    });
  return asking;
}

/** How large pictures are drawn, of those that were drawn before: their rows come and go with what one
 * reads. */
const drawnSizes = new Map<string, PictureSize>();
const drawnSizesMax = 1_000;
/** As Files.svelte draws them at most, in pixels. */
const widthMax = 400;
const heightMax = 300;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export function drawnSize(picture: string): PictureSize | undefined {
  return drawnSizes.get(withoutPass(picture));
}

/** Width and height: as they are. */
export function keepDrawnSize(picture: string, width: number, height: number): void {
  const scale = Math.min(1, widthMax / width, heightMax / height);
  if (drawnSizes.size >= drawnSizesMax) {
    drawnSizes.clear();
  }
  drawnSizes.set(withoutPass(picture), {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
  });
}

function withoutPass(place: string): string {
  return place.replace(/\?.*$/, "");
}

export interface FileFacts {
  readonly size: number;
  /** "application/pdf" */
  readonly type: string;
}

const factsKept = new Map<string, ReturnType<typeof factsOf>>();
const factsMax = 300;
const whyNot: Readonly<Record<number, "forbidden" | "gone">> = {
  401: "forbidden",
  403: "forbidden",
  404: "gone",
  410: "gone",
};

/** How large a file is and what the server took it for; or why it cannot be had. Away: nobody knows, as
 * the server is not there or has no time. */
export function factsOf(address: string): Promise<FileFacts | "gone" | "forbidden" | "away"> {
  const known = factsKept.get(address);
  if (known !== undefined) {
    return known;
  }
  const asked = fetch(address, { method: "HEAD", credentials: "same-origin" })
    .then((answer) =>
      answer.ok
        ? {
            size: Number(answer.headers.get("Content-Length") ?? 0),
            type: (answer.headers.get("Content-Type") ?? "").split(";")[0] ?? "",
          }
        : (whyNot[answer.status] ?? ("away" as const)),
    )
    .catch(() => "away" as const)
    .then((facts) => {
      if (facts === "away") {
        factsKept.delete(address); // asked again when it is drawn anew
      }
      return facts;
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

/** So long nothing moves before it has failed. */
const stalledMs = 60_000;

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
    let timer: ReturnType<typeof setTimeout>;
    const moves = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        reject(new UploadFault(0, "", ""));
        request.abort();
      }, stalledMs);
    };
    request.upload.onprogress = (event) => {
      moves();
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
    request.onloadend = () => clearTimeout(timer);
    moves();
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
