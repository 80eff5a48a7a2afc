import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react()],
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
