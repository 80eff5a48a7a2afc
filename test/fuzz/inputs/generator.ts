import type { Json, World } from "../world.ts";

/** Makes an input that should succeed; undefined while there is nothing to call the operation for. */
export type Generator = (world: World) => Json | undefined | Promise<Json | undefined>;
