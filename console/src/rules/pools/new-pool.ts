/** The form "Create user pool" and the calls that it makes. */
import type {
  CreateResourceServerCommandInput,
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  standardAttributes,
  verifiedFlags,
} from "../../../../src/user-pools/attributes/standard-attributes.ts";
import {
  type ClientType,
  defaultFlows,
  defaultLifetimes,
  hasSecretByDefault,
  lifetimeParameters,
} from "../app-clients/app-client.ts";
import { isReturnUrl, machineParameters, returnUrlParameters } from "../app-clients/login-pages.ts";
import { randomText } from "../app-clients/oauth-requests.ts";
import {
  type CustomAttribute,
  customAttributeFaults,
  schemaEntryOf,
} from "../authentication/custom-attributes.ts";
import {
  type PolicyValues,
  policyFaults,
  policyParameters,
  policyValuesOf,
} from "../authentication/password-policy.ts";
import { type SignInOptions, signInParametersOf } from "../authentication/sign-in-options.ts";
import { isClientName, isPoolName } from "../names.ts";
import { areTagsValid, type Tag, tagRecord } from "./tags.ts";

export interface NewPool {
  readonly signIn: SignInOptions;
  readonly isCaseSensitive: boolean;
  readonly password: PolicyValues;
  readonly isSelfRegistrationOpen: boolean;
  readonly required: readonly string[];
  readonly custom: readonly CustomAttribute[];
  /** Empty for the application's. */
  readonly name: string;
  readonly isProtected: boolean;
  readonly application: ClientType;
  readonly clientName: string;
  /** Of the application, after the login pages; empty for none. */
  readonly returnUrl: string;
  readonly tags: readonly Tag[];
}

export const emptyPool: NewPool = {
  signIn: { hasUsername: false, email: true, phoneNumber: false, preferredUsername: false },
  isCaseSensitive: false,
  password: policyValuesOf(undefined),
  isSelfRegistrationOpen: true,
  required: [],
  custom: [],
  name: "",
  isProtected: true,
  application: "web",
  clientName: "",
  returnUrl: "",
  tags: [],
};

/** The standard attributes that a pool can demand, in the schema's order. */
export const requirableAttributes = standardAttributes
  .map(({ Name = "" }) => Name)
  .filter((name) => name !== "sub" && !verifiedFlags.has(name));

export function poolNameOf({ name, clientName }: NewPool): string {
  return name === "" ? clientName : name;
}

/** Which parts of the form are not as they have to be. */
export function newPoolFaults(pool: NewPool) {
  const { hasUsername, email, phoneNumber } = pool.signIn;
  const areAttributesValid = pool.custom.every(
    (attribute, index) =>
      !Object.values(customAttributeFaults(attribute, otherNames(pool, index))).includes(true),
  );
  return {
    signIn: !hasUsername && !email && !phoneNumber,
    clientName: !isClientName(pool.clientName),
    returnUrl: pool.application !== "machine" && pool.returnUrl !== "" && !isReturnUrl(pool.returnUrl),
    name: pool.name !== "" && !isPoolName(pool.name),
    password: Object.values(policyFaults(pool.password)).includes(true),
    custom: !areAttributesValid,
    tags: !areTagsValid(pool.tags),
  };
}

/** The names of the custom attributes other than the one at `index`. */
export function otherNames(pool: NewPool, index: number): readonly string[] {
  return pool.custom.filter((_, other) => other !== index).map(({ name }) => name);
}

export function createPoolRequest(pool: NewPool): CreateUserPoolCommandInput {
  const schema = [
    ...pool.required.map((name) => ({ Name: name, Required: true, Mutable: true })),
    ...pool.custom.map(schemaEntryOf),
  ];
  return {
    PoolName: poolNameOf(pool),
    ...signInParametersOf(pool.signIn),
    UsernameConfiguration: { CaseSensitive: pool.isCaseSensitive },
    Policies: { PasswordPolicy: policyParameters(pool.password) },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: !pool.isSelfRegistrationOpen },
    AutoVerifiedAttributes: pool.signIn.email ? ["email"] : [],
    DeletionProtection: pool.isProtected ? "ACTIVE" : "INACTIVE",
    // An empty list is refused.
    ...(schema.length === 0 ? {} : { Schema: schema }),
    ...(pool.tags.length === 0 ? {} : { UserPoolTags: tagRecord(pool.tags) }),
  };
}

/** As AWS's console makes it for an application without users, since such a client needs a scope of a resource server. */
export function machineResourceServer(UserPoolId: string): CreateResourceServerCommandInput {
  // Not crypto.randomUUID(), which browsers have on pages with TLS only.
  const suffix = randomText()
    .replaceAll(/[^a-z0-9]/gi, "")
    .slice(0, 6)
    .toLowerCase();
  const Identifier = `default-m2m-resource-server-${suffix}`;
  const Scopes = [{ ScopeName: "read", ScopeDescription: "read" }];
  return { UserPoolId, Identifier, Name: Identifier, Scopes };
}

/** @param scopes that an application without users may request */
export function createFirstClientRequest(
  poolId: string,
  pool: NewPool,
  scopes: readonly string[],
): CreateUserPoolClientCommandInput {
  return {
    UserPoolId: poolId,
    ClientName: pool.clientName,
    GenerateSecret: hasSecretByDefault[pool.application],
    ExplicitAuthFlows: [...defaultFlows],
    PreventUserExistenceErrors: "ENABLED",
    ...lifetimeParameters(defaultLifetimes),
    ...(pool.application === "machine" ? machineParameters(scopes) : returnUrlParameters(pool.returnUrl)),
  };
}
