/**
 * The categories of operations and how many requests a second AWS allows for each, in an account and region.
 *
 * @see Developer Guide, "Quotas in Amazon Cognito", request rate quotas
 */
export interface CategoryLimit {
  readonly category: string;
  /** Requests a second without extra charge. */
  readonly free: number;
  /** Whether UpdateProvisionedLimit can raise it. */
  readonly isAdjustable: boolean;
}

/** How many times the free value can be provisioned: an account's own quota in AWS, a fixed one here. */
const HIGHEST_MULTIPLE = 10;

const LIMITS: readonly CategoryLimit[] = [
  ...adjustable({
    UserAuthentication: 120,
    UserCreation: 50,
    UserFederation: 25,
    UserRead: 120,
    UserToken: 120,
    UserResourceRead: 50,
  }),
  ...fixed({
    UserAccountRecovery: 30,
    UserUpdate: 25,
    UserResourceUpdate: 25,
    UserList: 30,
    UserPoolRead: 15,
    UserPoolUpdate: 15,
    UserPoolResourceRead: 20,
    UserPoolResourceUpdate: 15,
    UserPoolClientRead: 15,
    UserPoolClientUpdate: 15,
    ClientAuthentication: 150,
    LimitManagement: 1,
  }),
];

export function categoryLimit(category: string): CategoryLimit | undefined {
  return LIMITS.find((limit) => limit.category === category);
}

export function highestValue({ free }: CategoryLimit): number {
  return free * HIGHEST_MULTIPLE;
}

function adjustable(free: Readonly<Record<string, number>>): CategoryLimit[] {
  return Object.entries(free).map(([category, value]) => ({ category, free: value, isAdjustable: true }));
}

function fixed(free: Readonly<Record<string, number>>): CategoryLimit[] {
  return Object.entries(free).map(([category, value]) => ({ category, free: value, isAdjustable: false }));
}
