import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Finds a module of the npm packages that bring programs for the tests. `npm test` installs them into `test/binaries`, apart
 * from what `npm start` needs.
 *
 * @throws Error with code MODULE_NOT_FOUND if the package is not installed
 */
export const resolveBinary: (name: string) => string = createRequire(
  join(import.meta.dirname, "../binaries/package.json"),
).resolve;
