import { createHash } from "node:crypto";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * Puts fonts that a style sheet carries inline into files of their own: a page then loads those that it shows, and the
 * Content-Security-Policy needs no leave for data: URLs.
 */
function fontFiles(): Plugin {
  return {
    name: "font-files",
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== "asset" || !asset.fileName.endsWith(".css")) continue;
        asset.source = String(asset.source).replace(
          /url\(["']?data:font\/woff2;base64,([^"')]+)["']?\)/g,
          (_url, base64: string) => {
            const source = Buffer.from(base64, "base64");
            const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
            this.emitFile({ type: "asset", fileName: `assets/font-${hash}.woff2`, source });
            return `url(font-${hash}.woff2)`;
          },
        );
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react(), fontFiles()],
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    target: "es2023",
    // A data: URL would need leave in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    // `vite console` while a server runs: pages reload as they are written, calls go to the server.
    proxy: Object.fromEntries(
      ["^/$", "^/console/api/", "^/[^/]+/\\.well-known/"].map((path) => [path, "http://127.0.0.1:9229"]),
    ),
  },
});
