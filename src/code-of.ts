/** The code of an error of the system, of Node or of a library that gives its errors codes; undefined if it has none. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
