/** The values in the commands of a quickstart. */
import type { ExplicitAuthFlowsType } from "@aws-sdk/client-cognito-identity-provider";
import type { SignInOptions } from "../authentication/sign-in-options.ts";

export interface QuickstartPlace {
  readonly poolId: string;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly flows: readonly ExplicitAuthFlowsType[];
  readonly signIn: SignInOptions;
  readonly endpoint: string;
  /** Whether the server takes any access key for the administrator's, so that lines with an invented one work. */
  readonly takesAnyKey: boolean;
  /** The AWS config and credentials files that the server wrote. */
  readonly awsFiles?: { readonly config: string; readonly credentials: string };
}

export type QuickstartStep =
  | "setUp"
  | "createUser"
  | "signIn"
  | "newPassword"
  | "whole"
  | "install"
  | "withCli"
  | "app";

interface Step {
  readonly name: QuickstartStep;
  readonly lines: (place: QuickstartPlace) => string;
}

export interface Quickstart {
  readonly id: string;
  /** The name of a language or library, the same in every language. */
  readonly label: string;
  /** Whether the app client allows the flow that the commands use. */
  readonly fits: (place: QuickstartPlace) => boolean;
  readonly steps: readonly Step[];
}

/** The client of administrators' commands. */
export const allowsAdminFlow = ({ flows }: QuickstartPlace) =>
  flows.includes("ALLOW_ADMIN_USER_PASSWORD_AUTH");

/** The client of a browser or a device, which can keep no secret. */
export const allowsSrp = ({ flows, hasSecret }: QuickstartPlace) =>
  flows.includes("ALLOW_USER_SRP_AUTH") && !hasSecret;

/** Lines for the shell that give the SDKs an access key, where any will not do. */
export function keysSetUp({ takesAnyKey }: QuickstartPlace): string {
  return takesAnyKey
    ? ""
    : "export AWS_ACCESS_KEY_ID='an access key of an IAM user'\nexport AWS_SECRET_ACCESS_KEY='its secret'\n";
}

export const TEMPORARY_PASSWORD = "Temp0rary!";
export const NEW_PASSWORD = "Perm4nent!";
const EMAIL = "jane@example.com";
const PHONE_NUMBER = "+14155552671";

export const regionOf = ({ poolId }: QuickstartPlace) => poolId.split("_")[0] ?? "";

/** The user name in the quickstart; an e-mail address or phone number in a pool without user names. */
export function usernameOf({ signIn }: QuickstartPlace): string {
  if (signIn.hasUsername) return "jane";
  return signIn.email ? EMAIL : PHONE_NUMBER;
}

/** The address that the user has, as attributes. */
export function attributesOf({
  signIn,
}: QuickstartPlace): readonly (readonly [name: string, value: string])[] {
  return signIn.phoneNumber && !signIn.email
    ? [
        ["phone_number", PHONE_NUMBER],
        ["phone_number_verified", "true"],
      ]
    : [
        ["email", EMAIL],
        ["email_verified", "true"],
      ];
}

export function shellWord(text: string): string {
  return /^[\w./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Amplify's settings for a pool and an app client of this server. @param note a comment behind the endpoint */
export function amplifyConfiguration(
  { poolId, clientId, endpoint }: Pick<QuickstartPlace, "poolId" | "clientId" | "endpoint">,
  note = "",
): string {
  return `Amplify.configure({
  Auth: {
    Cognito: {
      userPoolId: "${poolId}",
      userPoolClientId: "${clientId}",
      userPoolEndpoint: "${endpoint}",${note}
    },
  },
});`;
}
