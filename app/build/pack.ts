// SPDX-License-Identifier: Apache-2.0
// After the bundle: the lists of files for the service worker, each file compressed beside itself, and
// the weight of the first load, which has a limit.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

/** Bytes of JavaScript, compressed, that a browser loads before anything is to be seen. */
export const firstLoadMax = 120 * 1024;
const compressible = /\.(js|css|html|svg|webmanifest|json|txt)$/;
/** What the first screen needs is nearly all of it: compiled beside the page's own thread, where the
 * browser knows how (V8's explicit compile hints). */
const compileAhead = "//# allFunctionsCalledOnLoad\n";
const assetsMark = "__ASSETS__";
const lazyAssetsMark = "__LAZY_ASSETS__";

function withList(code: string, mark: string, list: readonly string[]): string {
  return code.replace(new RegExp(`["'\`]${mark}["'\`]`), () => JSON.stringify(list));
}

function chunksOfFirstLoad(bundle: Rollup.OutputBundle): Rollup.OutputChunk[] {
  const found = new Map<string, Rollup.OutputChunk>();
  const visit = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type === "chunk" && !found.has(name)) {
      found.set(name, chunk);
      chunk.imports.forEach(visit);
    }
  };
  Object.keys(bundle).forEach((name) => {
    const chunk = bundle[name];
    if (chunk?.type === "chunk" && chunk.isEntry && chunk.name === "index") {
      visit(name);
    }
  });
  return [...found.values()];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

function compress(folder: string): void {
  for (const path of filesIn(folder).filter((one) => compressible.test(one))) {
    const bytes = readFileSync(path);
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

export function pack(): Plugin {
  let folder = "";
  let weight = 0;
  let firstFiles: readonly string[] = [];
  return {
    name: "pack",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle = {} }) =>
        Object.values(bundle)
          .filter((one) => one.type === "chunk" && one.name === "early")
          .map((one) => ({
            tag: "script",
            attrs: { type: "module", async: true, crossorigin: true, src: `/${one.fileName}` },
            injectTo: "head" as const,
          })),
    },
    generateBundle(_, bundle) {
      const first = chunksOfFirstLoad(bundle);
      firstFiles = first.map((chunk) => chunk.fileName);
      weight = first.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
      const shell = Object.keys(bundle).filter(
        (name) => first.some((chunk) => chunk.fileName === name) || name.endsWith(".css"),
      );
      const lazy = Object.values(bundle)
        .filter((one) => one.type === "chunk" && !one.isEntry && !shell.includes(one.fileName))
        .map((one) => one.fileName);
      const addresses = (of: readonly string[]): string[] => of.map((name) => `/${name}`);
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk" && chunk.name === "service-worker") {
          chunk.code = withList(chunk.code, assetsMark, ["/", ...addresses(shell)]);
          chunk.code = withList(chunk.code, lazyAssetsMark, addresses(lazy));
        }
      }
    },
    closeBundle() {
      for (const name of firstFiles) {
        const path = join(folder, name);
        writeFileSync(path, compileAhead + readFileSync(path, "utf8"));
      }
      compress(folder);
      const said = `first load: ${(weight / 1024).toFixed(1)} of ${firstLoadMax / 1024} KiB of JavaScript, gzip`;
      if (weight > firstLoadMax) {
        throw new Error(`${said}: too much`);
      }
      process.stdout.write(`${said}\n`);
    },
  };
}
