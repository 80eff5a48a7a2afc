/** The values in the code of "Set up your application". */
export interface SetUpPlace {
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  /** Of the application, after the login pages. */
  readonly callbackUrl: string;
  readonly scopes: readonly string[];
  /** The `iss` of tokens. It differs from the pool's address where the server has an issuer of its own. */
  readonly issuer: string;
}

export type SetUpStep = "install" | "configuration" | "secret" | "code" | "app" | "run";

interface Step {
  readonly name: SetUpStep;
  readonly lines: (place: SetUpPlace) => string;
}

/** Code for one platform. */
export interface SetUpSample {
  readonly id: string;
  /** The name of a language or library, the same in every language. */
  readonly label: string;
  /** Whether the library calls a host name by HTTPS on port 443, and nothing else. */
  readonly needsHost?: true;
  readonly steps: readonly Step[];
}

/** The address of the pool, below which the login pages and the OAuth 2.0 endpoints answer, too. */
export const poolUrlOf = ({ endpoint, poolId }: Pick<SetUpPlace, "endpoint" | "poolId">) =>
  `${endpoint}/${poolId}`;

/** Whether tokens name another issuer than the address from which the code reads the pool's discovery document. */
export const hasOwnIssuer = (place: SetUpPlace) => place.issuer !== poolUrlOf(place);

export const isInsecure = ({ endpoint }: SetUpPlace) => endpoint.startsWith("http:");

export const scopeOf = ({ scopes }: SetUpPlace) => scopes.join(" ");

/** A text as JavaScript, Python, Java, C# and YAML write it. URLs may have quotes and backslashes. */
export const literal = (text: string) => JSON.stringify(text);

export const secretSetUp = () => "export CLIENT_SECRET='the client secret'";
