/** A pool's settings of how e-mail and SMS messages are sent, as forms have them. The server decides; a form shows errors earlier. */
import type {
  EmailConfigurationType,
  EmailSendingAccountType,
  SmsConfigurationType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isRegionName } from "../../../../src/pool-ids.ts";

export const emailAccounts = ["COGNITO_DEFAULT", "DEVELOPER"] as const satisfies EmailSendingAccountType[];

export interface EmailValues {
  readonly account: EmailSendingAccountType;
  readonly sourceArn: string;
  readonly from: string;
  readonly replyTo: string;
  readonly configurationSet: string;
}

export function emailValuesOf(configuration: EmailConfigurationType = {}): EmailValues {
  return {
    account: configuration.EmailSendingAccount ?? "COGNITO_DEFAULT",
    sourceArn: configuration.SourceArn ?? "",
    from: configuration.From ?? "",
    replyTo: configuration.ReplyToEmailAddress ?? "",
    configurationSet: configuration.ConfigurationSet ?? "",
  };
}

export function emailConfiguration(values: EmailValues): EmailConfigurationType {
  const { account, sourceArn, from, replyTo, configurationSet } = trimmed(values);
  return {
    EmailSendingAccount: account,
    SourceArn: sourceArn || undefined,
    From: from || undefined,
    ReplyToEmailAddress: replyTo || undefined,
    ConfigurationSet: configurationSet || undefined,
  };
}

/** Regions whose SES identities every pool can use, beside those of its own. */
const SENDER_REGIONS = ["us-east-1", "us-west-2", "eu-west-1"];

/** A name with an address, or an address alone. */
const FROM = /^[^<>@\s]+@[^<>@\s]+$|^[^<>]*<[^<>@\s]+@[^<>@\s]+>$/;

export type EmailFault = "missing" | "malformed" | "needsArn";

/** @param region of the pool */
export function emailFaults(
  values: EmailValues,
  region: string,
): Readonly<Partial<Record<Exclude<keyof EmailValues, "account">, EmailFault>>> {
  const { account, sourceArn, from, replyTo, configurationSet } = trimmed(values);
  const [, arnRegion = ""] = /^arn:aws[\w-]*:ses:([\w-]+):\d{12}:identity\/\S+$/.exec(sourceArn) ?? [];
  const isArn = [...SENDER_REGIONS, region].includes(arnRegion);
  return {
    ...(sourceArn === "" && account === "DEVELOPER" && { sourceArn: "missing" }),
    ...(sourceArn !== "" && !isArn && { sourceArn: "malformed" }),
    ...(from !== "" && sourceArn === "" && { from: "needsArn" }),
    ...(from !== "" && !FROM.test(from) && { from: "malformed" }),
    ...(replyTo !== "" && !/^[^\s@]+@[^\s@]+$/.test(replyTo) && { replyTo: "malformed" }),
    ...(!/^[\w-]{0,64}$/.test(configurationSet) && { configurationSet: "malformed" }),
  };
}

export const smsServices = ["sns", "eums"] as const;
export type SmsService = (typeof smsServices)[number];

export interface SmsValues {
  readonly service: SmsService;
  readonly roleArn: string;
  readonly externalId: string;
  readonly region: string;
  /** The sender's number or name; only of End User Messaging. */
  readonly origination: string;
}

export function smsValuesOf({ EumsSms, ...sns }: SmsConfigurationType = {}): SmsValues {
  return EumsSms
    ? {
        service: "eums",
        roleArn: EumsSms.CallerArn ?? "",
        externalId: EumsSms.ExternalId ?? "",
        region: EumsSms.Region ?? "",
        origination: EumsSms.OriginationIdentity ?? "",
      }
    : {
        service: "sns",
        roleArn: sns.SnsCallerArn ?? "",
        externalId: sns.ExternalId ?? "",
        region: sns.SnsRegion ?? "",
        origination: "",
      };
}

/** @param before its settings of End User Messaging that have no field are kept */
export function smsConfiguration(
  values: SmsValues,
  before: SmsConfigurationType | undefined,
): SmsConfigurationType {
  const { service, roleArn, externalId, region, origination } = trimmed(values);
  const ExternalId = externalId || undefined;
  if (service === "sns") return { SnsCallerArn: roleArn, ExternalId, SnsRegion: region || undefined };
  return {
    EumsSms: {
      ...before?.EumsSms,
      CallerArn: roleArn,
      ExternalId,
      Region: region || undefined,
      OriginationIdentity: origination || undefined,
    },
  };
}

export function smsFaults(values: SmsValues) {
  const { region } = trimmed(values);
  return {
    region: region !== "" && !isRegionName(region),
  };
}

/** Values that are pasted often bring blanks. */
function trimmed<Values extends Readonly<Record<keyof Values, string>>>(values: Values): Values {
  return Object.fromEntries(
    Object.entries<string>(values).map(([name, value]) => [name, value.trim()]),
  ) as Values;
}
