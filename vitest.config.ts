import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/terraform/**"],
    // A healthy test takes seconds at most; the rest is for a busy machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    globalSetup: ["test/support/global-setup.ts"],
    pool: "forks",
    reporters: ["default"],
  },
});
