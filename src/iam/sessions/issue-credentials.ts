/**
 * Issues temporary credentials, and checks the session policies and tags passed to them.
 */
import type { Sts } from "../api-model/index.ts";
import type { IamEnvironment } from "../environment.ts";
import {
  MalformedPolicyDocumentException,
  PackedPolicyTooLargeException,
  ValidationError,
} from "../errors.ts";
import { newAccessKeyId, newSecretAccessKey } from "../identifiers.ts";
import { checkedPolicy } from "../policies/index.ts";
import { policySize } from "../policy-language/index.ts";
import { type SessionClaims, sealSessionToken } from "./session-token.ts";

/** A session before it is issued. */
export type NewSession = Omit<SessionClaims, "keyId" | "secret" | "issuedAt" | "expiresAt"> & {
  readonly durationSeconds: number;
};

/** Generates a key, a secret and the token that contains both and the session's state. */
export function issueCredentials(
  { durationSeconds, ...session }: NewSession,
  { credentialClock, random, sealer }: Pick<IamEnvironment, "credentialClock" | "random" | "sealer">,
): Sts.Credentials {
  // Whole seconds, as the wire shows them, so that credentials do not outlive their Expiration.
  const issuedAt = Math.floor(credentialClock.now() / 1000) * 1000;
  const claims: SessionClaims = {
    ...session,
    keyId: newAccessKeyId("ASIA", random),
    secret: newSecretAccessKey(random),
    issuedAt,
    expiresAt: issuedAt + durationSeconds * 1000,
  };
  return {
    AccessKeyId: claims.keyId,
    SecretAccessKey: claims.secret,
    SessionToken: sealSessionToken(claims, sealer),
    Expiration: claims.expiresAt,
  };
}

/** The policies and tags of a session, as the AssumeRole operations accept them. */
interface SessionLimits {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly Sts.PolicyDescriptorType[] | undefined;
  readonly Tags?: readonly Sts.Tag[] | undefined;
}

/** Characters that session policies and tags may have together. */
const PACKED_LIMIT = 2048;

/** The longest document that IAM takes (API model, `policyDocumentType`). */
const MAX_DOCUMENT_CHARACTERS = 131_072;

/** Managed policies that a session may have, which the API model does not say. */
const MAX_POLICY_ARNS = 10;

/**
 * Checks session policies and tags.
 *
 * @returns how much of the allotted space they take, in percent; undefined when there are none
 * @throws ValidationError there are too many managed policies
 * @throws MalformedPolicyDocumentException
 * @throws PackedPolicyTooLargeException
 * @see AWS STS API Reference, "AssumeRole", PolicyArns
 */
export async function packedPolicySize(
  { Policy, PolicyArns = [], Tags = [] }: SessionLimits,
  { directory }: Pick<IamEnvironment, "directory">,
): Promise<number | undefined> {
  if (Policy === undefined && PolicyArns.length === 0 && Tags.length === 0) return undefined;
  const arns = PolicyArns.map(({ arn }) => arn ?? "");
  if (arns.length > MAX_POLICY_ARNS) {
    const value = arns.map((arn) => `PolicyDescriptorType(arn=${arn})`).join(", ");
    throw new ValidationError(
      `1 validation error detected: Value '[${value}]' at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${MAX_POLICY_ARNS}`,
    );
  }
  // The model has no bound for AssumeRole. What IAM could not store is not parsed.
  if (Policy !== undefined && Policy.length > MAX_DOCUMENT_CHARACTERS) throw tooLarge(policySize(Policy));
  if (Policy !== undefined) checkSessionPolicy(Policy);
  for (const arn of arns) {
    if (!(await directory.managedPolicy(arn))) {
      throw new MalformedPolicyDocumentException(`The policy ${arn} does not exist.`);
    }
  }
  const characters =
    policySize(Policy ?? "") +
    arns.reduce((sum, arn) => sum + arn.length, 0) +
    Tags.reduce((sum, { Key, Value }) => sum + Key.length + Value.length, 0);
  if (characters > PACKED_LIMIT) throw tooLarge(characters);
  return percentOf(characters);
}

function percentOf(characters: number): number {
  return Math.ceil((characters / PACKED_LIMIT) * 100);
}

function tooLarge(characters: number): PackedPolicyTooLargeException {
  return new PackedPolicyTooLargeException(
    `Packed size of session policies and tags consumes ${percentOf(characters)}% of allotted space.`,
  );
}

function checkSessionPolicy(text: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new MalformedPolicyDocumentException("The policy is not in the valid JSON format.", {
      cause: error,
    });
  }
  checkedPolicy(text, "session");
}
