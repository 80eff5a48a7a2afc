export interface GroupRecord {
  readonly poolId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  /** Lower wins; undefined is the lowest of all. */
  readonly precedence?: number | undefined;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
