/** The target of a function's ARN: only types, which the console shares. */

/** Where an ARN leads. */
export type FunctionTarget =
  | { readonly kind: "file"; readonly file: string; readonly exportName: string }
  | { readonly kind: "endpoint"; readonly endpoint: string }
  /** `lookedFor` is undefined where no folder of functions is set. */
  | { readonly kind: "nothing"; readonly lookedFor: string | undefined };
