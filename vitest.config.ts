import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "tools/**/*.test.ts"],
    exclude: ["test/terraform/**"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: ["test/support/aws-cli.setup.ts"],
    pool: "forks",
    reporters: ["default"],
  },
});
