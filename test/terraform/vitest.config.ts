import { defineConfig } from "vitest/config";

/** `npm run test:terraform`: apart from the other tests, since Terraform and its provider come from nowhere that those need. */
export default defineConfig({
  test: { include: ["test/terraform/*.test.ts"], testTimeout: 1_200_000, hookTimeout: 120_000 },
});
