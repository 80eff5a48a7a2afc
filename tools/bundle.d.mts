import type { BuildOptions } from "esbuild";

type Bundle = BuildOptions & { readonly metafile: true };

export const server: Bundle;
export const commands: Bundle;
export const BANNER: string;
