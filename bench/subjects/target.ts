/** "Fastify alone" has the route of userInfo and answers it with a fixed text. */
export type SubjectName = "Cognate" | "cognito-local" | "Fastify alone";

/** The address of a running server, and the credentials for its signed operations. */
export interface Access {
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A pool beside the one that is measured otherwise, with users of its own. */
export interface SidePool {
  readonly poolId: string;
  readonly clientId: string;
}

/** All that the load generator needs to know of a server and the pool that is measured. */
export interface Target extends Access {
  readonly subject: SubjectName;
  readonly poolId: string;
  readonly clientId: string;
  /** Users that were in the pool before anything was measured. */
  readonly userCount: number;
  /** The pool whose even users have an authenticator app, and whose odd users have a passkey. */
  readonly factors?: SidePool | undefined;
  /** The pool with a PreTokenGeneration function. */
  readonly functions?: SidePool | undefined;
  /** The port of the gateway that returns the codes in the server's SMS; undefined for a server that sends none. */
  readonly smsGatewayPort?: number | undefined;
  /** A confidential client of the pool with the flow of client credentials. */
  readonly machineClient?: { readonly id: string; readonly secret: string } | undefined;
}
