/** The values in the code of "Set up your application". */
export interface SetUpPlace {
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  /** Of the application, after the login pages. */
  readonly callbackUrl: string;
  readonly scopes: readonly string[];
}

export type SetUpStep = "install" | "secret" | "code" | "app" | "run";

interface Step {
  readonly name: SetUpStep;
  readonly lines: (place: SetUpPlace) => string;
}

/** Code for one platform. */
export interface SetUpSample {
  readonly id: string;
  /** The name of a language or library, the same in every language. */
  readonly label: string;
  readonly steps: readonly Step[];
}

/** The issuer, below which the login pages and the OAuth 2.0 endpoints answer, too. */
export const issuerOf = ({ endpoint, poolId }: SetUpPlace) => `${endpoint}/${poolId}`;

export const scopeOf = ({ scopes }: SetUpPlace) => scopes.join(" ");

/** A text as JavaScript and Python write it. URLs may have quotes and backslashes. */
export const literal = (text: string) => JSON.stringify(text);

export const secretSetUp = () => "export CLIENT_SECRET='the client secret'";
