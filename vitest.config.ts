import { defineConfig } from "vitest/config";

// The limits are for a busy machine: a healthy test takes seconds at most.
const common = {
  pool: "forks",
  // Vitest's default leaves one processor to itself, which of two is half.
  maxWorkers: "100%",
  // The files of a worker share its modules: loading them anew for each file would take most of the time of most files.
  isolate: false,
  expect: { poll: { timeout: 30_000 } },
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
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...common,
          name: "clients",
          include: ["test/**/*.test.ts", "tools/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/terraform/**"],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
    ],
  },
});
