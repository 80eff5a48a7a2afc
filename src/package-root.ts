import { resolve } from "node:path";

/** The folder of package.json. The sources are in `src/` and the bundle in `dist/`, both right below it. */
export const packageRoot = resolve(import.meta.dirname, "..");
