/**
 * The verdict of a pool's PreSignUp trigger on a new user.
 *
 * @see Developer Guide, "Pre sign-up Lambda trigger"
 */
import { type AttributeType, InvalidLambdaResponseException } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { RequestContext } from "../request-context.ts";
import { NO_CLIENT, type Triggers, unrecognizableOutput } from "../triggers/index.ts";
import type { CreationOccasion } from "./create-user.ts";

type Attributes = Readonly<Record<string, string>>;

interface Asked {
  readonly occasion: CreationOccasion;
  readonly pool: UserPoolRecord;
  readonly attributes: readonly AttributeType[];
  readonly validationData?: readonly AttributeType[] | undefined;
}

interface Verdict {
  readonly isConfirmed: boolean;
  /** Verified flags of addresses, by full name. */
  readonly verified: Attributes;
}

/** Events about users of providers have these in every pool, as was observed from 2019 to 2024. */
const NO_ALIASES: Attributes = { "cognito:email_alias": "", "cognito:phone_number_alias": "" };

const NEITHER: Verdict = { isConfirmed: false, verified: {} };

/** Imports invoke no trigger. */
const SOURCES = {
  SignUp: "PreSignUp_SignUp",
  AdminCreateUser: "PreSignUp_AdminCreateUser",
  ExternalProvider: "PreSignUp_ExternalProvider",
  // docs/decisions/0367-pre-sign-up-in-migrations.md
  UserMigration: "PreSignUp_AdminCreateUser",
} as const;

/**
 * Asks the trigger whether a user may be created. It can confirm and verify a user who signs up, and can only refuse a user whom
 * an administrator creates or who comes from a provider or another directory.
 *
 * @param username as it will be stored
 * @throws UserLambdaValidationException it refuses
 * @throws InvalidLambdaResponseException its answer is malformed, or verifies an address that the user does not have
 */
export async function preSignUp(
  { occasion, pool, validationData }: Asked,
  username: string,
  attributes: Attributes,
  { triggers, request }: { readonly triggers: Triggers; readonly request: RequestContext },
): Promise<Verdict> {
  const source = Object.hasOwn(SOURCES, occasion.kind)
    ? SOURCES[occasion.kind as keyof typeof SOURCES]
    : undefined;
  if (source === undefined || !triggers.has(pool, source)) return NEITHER;
  const isExternal = occasion.kind === "ExternalProvider";
  const response = await triggers.invoke(source, {
    pool,
    clientId: "client" in occasion ? occasion.client.id : NO_CLIENT,
    username,
    user: undefined,
    request: isExternal
      ? { userAttributes: { ...NO_ALIASES, ...attributes }, validationData: {} }
      : {
          userAttributes: withoutFalseFlags(attributes),
          validationData:
            validationData && Object.fromEntries(validationData.map(({ Name, Value = "" }) => [Name, Value])),
        },
    requestContext: request,
  });
  if (occasion.kind !== "SignUp") return NEITHER;
  const { autoConfirmUser, autoVerifyEmail, autoVerifyPhone } = response ?? {};
  return {
    isConfirmed: asBoolean(autoConfirmUser),
    verified: {
      ...(asBoolean(autoVerifyEmail) && verifiedFlag(attributes, "email")),
      ...(asBoolean(autoVerifyPhone) && verifiedFlag(attributes, "phone_number")),
    },
  };
}

/** The trigger sees the attributes as sent, without the flags that the service adds. */
function withoutFalseFlags(attributes: Attributes): Attributes {
  const isAdded = ([name, value]: [string, string]) => name.endsWith("_verified") && value === "false";
  return Object.fromEntries(Object.entries(attributes).filter((entry) => !isAdded(entry)));
}

function asBoolean(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  throw unrecognizableOutput();
}

/** The text is ours: Cognito's is not known. */
function verifiedFlag(attributes: Attributes, name: string): Attributes {
  if (attributes[name] !== undefined) return { [`${name}_verified`]: "true" };
  throw new InvalidLambdaResponseException(`PreSignUp cannot verify the ${name} of a user who has none.`);
}
