import { defineConfig } from "vitest/config";

const common = {
  // A healthy test takes seconds at most; the rest is for a busy machine.
  testTimeout: 30_000,
  hookTimeout: 30_000,
  pool: "forks",
} as const;

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    reporters: ["default"],
    projects: [
      {
        test: {
          ...common,
          name: "src",
          include: ["src/**/*.test.ts"],
          // These tests change nothing that is global, and loading the modules anew for each file takes most of their time.
          isolate: false,
        },
      },
      {
        test: {
          ...common,
          name: "clients",
          include: ["test/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/terraform/**"],
        },
      },
    ],
  },
});
