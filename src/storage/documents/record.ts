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
  /** Distinguishes several documents of a kind; empty if there is at most one. */
  readonly id: string;
}

export interface DocumentRecord<Body = unknown> extends DocumentKey {
  /** JSON. */
  readonly body: Body;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
