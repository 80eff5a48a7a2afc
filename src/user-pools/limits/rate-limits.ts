import { TooManyRequestsException } from "../../api-model/index.ts";
import { aroundEach, type OperationContext, type OperationTable } from "../operation.ts";
import { categoryLimit } from "./categories.ts";
import { categoryOf } from "./operation-categories.ts";
import { provisionedValue } from "./provisioned-limit.ts";

/** The requests left in a category and region, and the time of the count. */
interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Takes a request from the category of an operation, or from the category that is named.
 *
 * @throws TooManyRequestsException it has none left
 */
type TakeRequest = (name: string, context: OperationContext) => Promise<void>;

/**
 * Counts requests by category. An account can save up at most one second's worth. Each node counts for itself, and all its
 * processes together.
 *
 * @see Developer Guide, "Quotas in Amazon Cognito", request rate quotas
 */
export function createRateLimits(takeToken: TakeToken): TakeRequest {
  return (name, context) => take(name, context, takeToken);
}

/** Whether a bucket that is filled at a rate has one request left, which is taken. */
export type TakeToken = (key: string, perSecond: number, now: number) => boolean | Promise<boolean>;

export function createBuckets() {
  const buckets = new Map<string, Bucket>();
  return (key: string, perSecond: number, now: number): boolean => {
    const bucket = buckets.get(key) ?? { tokens: perSecond, at: now };
    const seconds = Math.max(0, now - bucket.at) / 1000;
    bucket.tokens = Math.min(perSecond, bucket.tokens + seconds * perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  };
}

/** The operations, each refused when its category has had as many requests as AWS allows in a second. */
export function withRateLimits<Table extends Partial<OperationTable>>(
  table: Table,
  takeRequest: TakeRequest,
): Table {
  return aroundEach(table, (operate, name) => async (input, context) => {
    await takeRequest(name, context);
    return operate(input, context);
  });
}

/** @throws TooManyRequestsException the category has no request left */
async function take(
  name: string,
  { store, clock, request }: OperationContext,
  takeToken: TakeToken,
): Promise<void> {
  const limit = categoryLimit(categoryOf(name) ?? name);
  if (!limit) return;
  const perSecond = limit.isAdjustable ? await provisionedValue(store, request.region, limit) : limit.free;
  const key = `${request.region} ${limit.category}`;
  if (!(await takeToken(key, perSecond, clock.now()))) throw new TooManyRequestsException("Rate exceeded");
}
