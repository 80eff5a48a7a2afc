/**
 * One request for each constraint of each member of each operation, which breaks that constraint and nothing else: the
 * refusal has to name the member, its value and the constraint in the service's exact words.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OperationName, operationModel, shapeModel } from "../../src/api-model/index.ts";
import { valueSetOrder } from "../../src/java-hash-map.ts";
import { operations } from "../../src/user-pools/index.ts";
import { callOnWire, parsed } from "../recorded-answers/wire.ts";
import { brokenBy, SAMPLES, type StringShape, validString, validValue } from "../support/model-samples.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

/** A value that breaks the model, and what is said of it: its path, how its value is shown, the constraints. */
interface Violation {
  readonly value: unknown;
  readonly path: string;
  /** The quoted value; `null` for what is missing; nothing where it is sensitive; undefined for what Java prints at length. */
  readonly shown: string | undefined;
  readonly constraints: readonly string[];
}

/** Bodies above this are refused before they are read. */
const MAX_TESTED_LENGTH = 200_000;

/** Inside a list's message every constraint of its elements is named, the upper bound first. */
function allConstraints(shape: StringShape): string {
  const parts = [
    shape.max !== undefined && `Member must have length less than or equal to ${shape.max}`,
    shape.min !== undefined && `Member must have length greater than or equal to ${shape.min}`,
    shape.pattern !== undefined && `Member must satisfy regular expression pattern: ${shape.pattern}`,
    shape.enum !== undefined &&
      `Member must satisfy enum value set: [${valueSetOrder(shape.enum).join(", ")}]`,
  ];
  return `Member must satisfy constraint: [${parts.filter((part) => part !== false).join(", ")}]`;
}

/** Sensitive in the model, and shown by the service: boto/boto3#3581, hashicorp/terraform-provider-aws#38167. */
const isSensitive = (name: string) => shapeModel(name).sensitive === true && name !== "ClientIdType";

const isShown = (name: string, isHidden: boolean) => !isHidden && !isSensitive(name);

/** Recorded in September 2026, where the model has other names: badmintoncryer/cdk-preflight. */
const PRINTED_NAMES: Readonly<Record<string, string>> = {
  InviteMessageTemplate: "inviteMessage",
  SMSMessage: "smsMessage",
};

function* violationsOf(name: string, path: string, isHidden: boolean): Generator<Violation> {
  const shape = shapeModel(name);
  const shown = isShown(name, isHidden);
  const quoted = (value: unknown) => (shown ? `'${value}'` : "");
  switch (shape.type) {
    case "string": {
      for (const value of brokenStrings(shape)) {
        yield {
          value,
          path,
          shown: quoted(value.replace(/[^\0-\xff]/gu, "?")),
          constraints: brokenBy(shape, value),
        };
      }
      return;
    }
    case "integer":
    case "long":
      if (shape.min !== undefined) {
        const constraints = [`Member must have value greater than or equal to ${shape.min}`];
        yield { value: shape.min - 1, path, shown: quoted(shape.min - 1), constraints };
      }
      if (shape.max !== undefined) {
        const constraints = [`Member must have value less than or equal to ${shape.max}`];
        yield { value: shape.max + 1, path, shown: quoted(shape.max + 1), constraints };
      }
      return;
    case "list": {
      const element = shapeModel(shape.member);
      if (shape.min) {
        const constraints = [`Member must have length greater than or equal to ${shape.min}`];
        yield { value: [], path, shown: quoted("[]"), constraints };
      }
      if (shape.max !== undefined) {
        const value = Array.from({ length: shape.max + 1 }, () => validValue(shape.member));
        const constraints = [`Member must have length less than or equal to ${shape.max}`];
        yield { value, path, shown: shown ? undefined : "", constraints };
      }
      if (element.type === "string") {
        for (const value of brokenStrings(element)) {
          const isElementShown = isShown(shape.member, !shown);
          const constraints = [allConstraints(element)];
          yield { value: [value], path, shown: isElementShown ? `'[${value}]'` : "", constraints };
        }
      } else {
        for (const inner of violationsOf(shape.member, `${path}.1.member`, !shown)) {
          yield { ...inner, value: [inner.value] };
        }
      }
      return;
    }
    case "structure": {
      const base = { ...(validValue(name) as object) };
      for (const [member, target] of Object.entries(shape.members)) {
        const printed = PRINTED_NAMES[member] ?? `${member.charAt(0).toLowerCase()}${member.slice(1)}`;
        const memberPath = path === "" ? printed : `${path}.${printed}`;
        if (shape.required?.includes(member)) {
          const { [member]: _, ...value } = base as Record<string, unknown>;
          const absent = isShown(target, !shown) ? "null" : "";
          yield target === "PoolQueryLimitType"
            ? {
                value,
                path: memberPath,
                shown: "'0'",
                constraints: ["Member must have value greater than or equal to 1"],
              }
            : { value, path: memberPath, shown: absent, constraints: ["Member must not be null"] };
        }
        for (const inner of violationsOf(target, memberPath, !shown)) {
          yield { ...inner, value: { ...base, [member]: inner.value } };
        }
      }
      return;
    }
    default:
      return;
  }
}

function brokenStrings(shape: StringShape): string[] {
  const long = shape.max === undefined ? [] : [`${validString(shape)}`.padEnd(shape.max + 1, "a")];
  const short = shape.min ? ["a".repeat(shape.min - 1)] : [];
  const other = ["NOT_A_VALUE", ...SAMPLES].slice(0, shape.pattern || shape.enum ? undefined : 0);
  const candidates = [...long, ...short, ...other].filter((value) => value.length <= MAX_TESTED_LENGTH);
  // One value for each set of constraints that it breaks.
  const byConstraints = new Map(
    candidates
      .map((value) => [brokenBy(shape, value).join(), value] as const)
      .filter(([broken]) => broken !== ""),
  );
  return [...byConstraints.values()];
}

const built = Object.keys(operations) as OperationName[];

describe("a value that breaks a constraint of the API model", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it.each(built)("is rejected with the constraint's text by %s", async (operation) => {
    for (const { value, path, shown, constraints } of violationsOf(
      operationModel(operation).input,
      "",
      false,
    )) {
      const count = constraints.length;
      const start = `${count} validation error${count === 1 ? "" : "s"} detected: Value`;
      const subject = `at '${path}' failed to satisfy constraint: `;
      const body = parsed(await callOnWire(server.url, operation, value as Record<string, unknown>));
      expect(body, `${operation} ${path}`).toMatchObject({ __type: "InvalidParameterException" });
      if (shown === undefined) {
        expect(body.message.startsWith(`${start} '`)).toBe(true);
        expect(body.message.endsWith(`' ${subject}${constraints[0]}`)).toBe(true);
      } else {
        const sentence = (constraint: string) =>
          `Value ${shown === "" ? "" : `${shown} `}${subject}${constraint}`;
        expect(body.message).toBe(
          `${start.slice(0, -"Value".length)}${constraints.map(sentence).join("; ")}`,
        );
      }
    }
  });
});
