/** The steps of "Create user pool" and the calls that they stand for. */
import type {
  CreateUserPoolClientCommandInput,
  CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  type ApplicationType,
  defaultFlows,
  defaultLifetimes,
  hasSecretByDefault,
  lifetimeParameters,
} from "./app-client.ts";
import { type CustomAttribute, customAttributeFaults, schemaEntryOf } from "./custom-attributes.ts";
import { isClientName, isPoolName } from "./names.ts";
import { type PolicyValues, policyFaults, policyParameters, policyValuesOf } from "./password-policy.ts";
import { type SignInOptions, signInParametersOf } from "./sign-in-options.ts";
import { areTagsValid, type Tag, tagRecord } from "./tags.ts";

export interface NewPool {
  readonly signIn: SignInOptions;
  readonly isCaseSensitive: boolean;
  readonly password: PolicyValues;
  readonly isSelfRegistrationOpen: boolean;
  readonly required: readonly string[];
  readonly custom: readonly CustomAttribute[];
  readonly name: string;
  readonly isProtected: boolean;
  readonly application: ApplicationType;
  readonly clientName: string;
  readonly hasSecret: boolean;
  readonly tags: readonly Tag[];
}

export const emptyPool: NewPool = {
  signIn: { hasUsername: true, email: true, phoneNumber: false, preferredUsername: false },
  isCaseSensitive: false,
  password: policyValuesOf(undefined),
  isSelfRegistrationOpen: false,
  required: [],
  custom: [],
  name: "",
  isProtected: true,
  application: "web",
  clientName: "",
  hasSecret: hasSecretByDefault.web,
  tags: [],
};

/** The standard attributes that a pool can demand, in the schema's order. */
export const requirableAttributes = [
  "name",
  "given_name",
  "family_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "email",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "phone_number",
  "address",
  "updated_at",
];

export function hasSignInOption({ hasUsername, email, phoneNumber }: SignInOptions): boolean {
  return hasUsername || email || phoneNumber;
}

/** Whether each step is as it has to be, in order. */
export function validSteps(pool: NewPool): readonly boolean[] {
  const areAttributesValid =
    pool.custom.every((attribute) => !Object.values(customAttributeFaults(attribute)).includes(true)) &&
    new Set(pool.custom.map(({ name }) => name)).size === pool.custom.length;
  return [
    hasSignInOption(pool.signIn),
    !Object.values(policyFaults(pool.password)).includes(true),
    areAttributesValid,
    isPoolName(pool.name) && isClientName(pool.clientName) && areTagsValid(pool.tags),
  ];
}

export function createPoolRequest(pool: NewPool): CreateUserPoolCommandInput {
  const schema = [
    ...pool.required.map((name) => ({ Name: name, Required: true, Mutable: true })),
    ...pool.custom.map(schemaEntryOf),
  ];
  return {
    PoolName: pool.name,
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

export function createFirstClientRequest(poolId: string, pool: NewPool): CreateUserPoolClientCommandInput {
  return {
    UserPoolId: poolId,
    ClientName: pool.clientName,
    GenerateSecret: pool.hasSecret,
    ExplicitAuthFlows: [...defaultFlows],
    PreventUserExistenceErrors: "ENABLED",
    ...lifetimeParameters(defaultLifetimes),
  };
}
