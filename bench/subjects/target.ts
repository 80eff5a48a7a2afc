export type SubjectName = "Cognate" | "cognito-local";

/** Where a running server is, and what its signed operations are called with. */
export interface Access {
  readonly port: number;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** All that the load generator needs to know of a server and the pool that is measured. */
export interface Target extends Access {
  readonly subject: SubjectName;
  readonly poolId: string;
  readonly clientId: string;
  /** Users that were in the pool before anything was measured. */
  readonly userCount: number;
  /** Where the codes in the server's SMS can be asked for; undefined for a server that sends none. */
  readonly smsGatewayPort?: number | undefined;
}
