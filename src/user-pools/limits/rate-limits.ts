import { TooManyRequestsException } from "../../api-model/index.ts";
import type { OperationContext, OperationTable } from "../operation.ts";
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
 * Counts requests by category. An account can save up at most one second's worth. Each process counts for itself.
 *
 * @see Developer Guide, "Quotas in Amazon Cognito", request rate quotas
 */
export function createRateLimits(): TakeRequest {
  const buckets = new Map<string, Bucket>();
  return (name, context) => take(name, context, buckets);
}

/** The operations, each refused when its category has had as many requests as AWS allows in a second. */
export function withRateLimits<Table extends Partial<OperationTable>>(
  table: Table,
  takeRequest: TakeRequest = createRateLimits(),
): Table {
  const entries = Object.entries(table).map(([name, operate]) => [
    name,
    async (input: unknown, context: OperationContext) => {
      await takeRequest(name, context);
      return (operate as (input: unknown, context: OperationContext) => unknown)(input, context);
    },
  ]);
  return Object.fromEntries(entries);
}

/** @throws TooManyRequestsException the category has no request left */
async function take(
  name: string,
  { store, clock, request }: OperationContext,
  buckets: Map<string, Bucket>,
): Promise<void> {
  const limit = categoryLimit(categoryOf(name) ?? name);
  if (!limit) return;
  const perSecond = limit.isAdjustable ? await provisionedValue(store, request.region, limit) : limit.free;
  const key = `${request.region} ${limit.category}`;
  const now = clock.now();
  const bucket = buckets.get(key) ?? { tokens: perSecond, at: now };
  const seconds = Math.max(0, now - bucket.at) / 1000;
  bucket.tokens = Math.min(perSecond, bucket.tokens + seconds * perSecond);
  bucket.at = now;
  buckets.set(key, bucket);
  if (bucket.tokens < 1) throw new TooManyRequestsException("Rate exceeded");
  bucket.tokens -= 1;
}
