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

/**
 * A few files instead of one for each component: what every page needs, what IAM's pages need besides, and the pages.
 */
const chunks = [
  { name: "react", test: /node_modules\/(?:react|react-dom|scheduler)\// },
  { name: "design-system", test: /node_modules\/@cloudscape-design\/(?!components\/i18n\/messages)/ },
  { name: "aws", test: /node_modules\/@(?:aws-sdk\/(?!client-iam)|aws-crypto\/|aws\/|smithy\/)/ },
  { name: "shared", test: /console\/src\/(?!pages\/|i18n\/(?:en|ja)\/|(?:components|api)\/iam)/ },
  { name: "iam", test: /node_modules\/@aws-sdk\/client-iam\/|console\/src\/(?:components|api)\/iam/ },
  // What comes earlier in the list keeps its own part of what later ones are made of.
].map((group, index, { length }) => ({ ...group, priority: length - index }));

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react(), fontFiles()],
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    target: "es2023",
    // Those with light-dark(). For older ones it is replaced by variables that this console does not define.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // A data: URL would need leave in the Content-Security-Policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    license: { fileName: "THIRD-PARTY-LICENSES.md" },
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  server: {
    // `vite console` while a server runs: pages reload as they are written, calls go to the server. The host stays as the
    // browser sent it, since signatures cover it.
    proxy: Object.fromEntries(
      ["^/$", "^/console/api/", "^/[^/]+/\\.well-known/"].map((path) => [
        path,
        { target: "http://127.0.0.1:9229", changeOrigin: false },
      ]),
    ),
  },
});
