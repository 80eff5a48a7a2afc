/** Settings of a pool or a client that have operations of their own, each kind kept as documents. */
export type DocumentKind =
  | "ManagedLoginBranding"
  | "UICustomization"
  | "Terms"
  | "RiskConfiguration"
  | "LogDelivery"
  | "SessionConfiguration";

export interface DocumentKey {
  readonly poolId: string;
  /** Absent for a document of the pool itself. */
  readonly clientId?: string | undefined;
  readonly kind: DocumentKind;
  /** Tells several documents of a kind apart; empty where there is one at most. */
  readonly id: string;
}

export interface DocumentRecord<Body = unknown> extends DocumentKey {
  /** JSON. */
  readonly body: Body;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
