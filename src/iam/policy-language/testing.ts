/** Questions to the evaluator, for tests. */
import { compilePolicy } from "./compile.ts";
import { type AppliedPolicy, type Decision, decide } from "./evaluate.ts";

export const POOL = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_AbCdEf123";

type Context = Readonly<Record<string, string | readonly string[]>>;

export function policy(statement: object, version = "2012-10-17"): string {
  const defaults = { Effect: "Allow", Resource: "*" };
  const { NotAction, NotResource } = statement as { NotAction?: string; NotResource?: string };
  const base = NotAction ? {} : { Action: "cognito-idp:*" };
  const merged: Record<string, unknown> = { ...defaults, ...base, ...statement };
  if (NotResource) delete merged.Resource;
  return JSON.stringify({ Version: version, Statement: [merged] });
}

export interface Question {
  readonly identity: readonly string[];
  readonly boundary?: string;
  readonly session?: readonly string[];
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Context;
}

export const applied = (text: string): AppliedPolicy => ({
  id: "P",
  policy: compilePolicy(text, "identity"),
});

export function ask(question: Question): Decision {
  const context = new Map(
    Object.entries({ "aws:username": "alice", ...question.context }).map(([key, value]) => [
      key.toLowerCase(),
      value,
    ]),
  );
  return decide(
    {
      identity: question.identity.map(applied),
      boundary: question.boundary === undefined ? undefined : applied(question.boundary),
      session: question.session?.map(applied),
    },
    {
      action: question.action ?? "cognito-idp:AdminInitiateAuth",
      resource: question.resource ?? POOL,
      lookup: (key) => context.get(key),
    },
  );
}

export const ALLOWED: Decision = { effect: "allowed" };
export const NOT_ALLOWED: Decision = { effect: "implicitDeny", by: "identity" };
