/** Threat protection: from the settings of a pool or an app client to a form, and from the form to a request. */
import type {
  AccountTakeoverEventActionType,
  CompromisedCredentialsEventActionType,
  EventFilterType,
  NotifyConfigurationType,
  NotifyEmailType,
  RiskConfigurationType,
  SetRiskConfigurationCommandInput,
  UserPoolAddOnsType,
} from "@aws-sdk/client-cognito-identity-provider";
import { inOrder } from "../in-order.ts";

export const protectionModes = ["OFF", "AUDIT", "ENFORCED"] as const;
export type ProtectionMode = (typeof protectionModes)[number];

export interface ModeValues {
  readonly mode: ProtectionMode;
  readonly customMode: ProtectionMode;
}

export function modesOf(addOns: UserPoolAddOnsType | undefined): ModeValues {
  return {
    mode: addOns?.AdvancedSecurityMode ?? "OFF",
    customMode: addOns?.AdvancedSecurityAdditionalFlows?.CustomAuthMode ?? "OFF",
  };
}

export function addOnsOf({ mode, customMode }: ModeValues): UserPoolAddOnsType {
  return {
    AdvancedSecurityMode: mode,
    ...(mode !== "OFF" &&
      customMode !== "OFF" && { AdvancedSecurityAdditionalFlows: { CustomAuthMode: customMode } }),
  };
}

/** The parts of a risk configuration that are edited by themselves. */
export type RiskParts = Omit<SetRiskConfigurationCommandInput, "UserPoolId" | "ClientId">;

/** A whole SetRiskConfiguration, because the operation removes the parts that are left out. */
export function riskRequest(
  { poolId, clientId }: { readonly poolId: string; readonly clientId: string | undefined },
  current: RiskConfigurationType,
  changes: RiskParts,
): SetRiskConfigurationCommandInput {
  return {
    UserPoolId: poolId,
    ClientId: clientId,
    CompromisedCredentialsRiskConfiguration: current.CompromisedCredentialsRiskConfiguration,
    AccountTakeoverRiskConfiguration: current.AccountTakeoverRiskConfiguration,
    RiskExceptionConfiguration: current.RiskExceptionConfiguration,
    ...changes,
  };
}

/** Whether an app client has a configuration of its own. */
export function hasOwnConfiguration(configuration: RiskConfigurationType): boolean {
  return (
    configuration.CompromisedCredentialsRiskConfiguration !== undefined ||
    configuration.AccountTakeoverRiskConfiguration !== undefined ||
    configuration.RiskExceptionConfiguration !== undefined
  );
}

export const passwordEvents = ["SIGN_IN", "SIGN_UP", "PASSWORD_CHANGE"] as const satisfies EventFilterType[];

export interface PasswordValues {
  readonly action: CompromisedCredentialsEventActionType;
  readonly events: readonly EventFilterType[];
}

export function passwordValuesOf({ CompromisedCredentialsRiskConfiguration: is }: RiskConfigurationType) {
  const events = is?.EventFilter ?? [];
  return {
    action: is?.Actions?.EventAction ?? "NO_ACTION",
    // Without a filter every event counts.
    events: events.length === 0 ? passwordEvents : inOrder(events, passwordEvents),
  } satisfies PasswordValues;
}

export function passwordPart({ action, events }: PasswordValues): RiskParts {
  return {
    CompromisedCredentialsRiskConfiguration: { EventFilter: [...events], Actions: { EventAction: action } },
  };
}

export const riskLevels = ["Low", "Medium", "High"] as const;
export type RiskLevel = (typeof riskLevels)[number];

export const takeoverActions = [
  "NO_ACTION",
  "MFA_IF_CONFIGURED",
  "MFA_REQUIRED",
  "BLOCK",
] as const satisfies AccountTakeoverEventActionType[];

export interface LevelValues {
  readonly action: AccountTakeoverEventActionType;
  readonly notifies: boolean;
}
export type TakeoverValues = Readonly<Record<RiskLevel, LevelValues>>;

export function takeoverValuesOf({ AccountTakeoverRiskConfiguration: is }: RiskConfigurationType) {
  const of = (level: RiskLevel): LevelValues => {
    const action = is?.Actions?.[`${level}Action`];
    return { action: action?.EventAction ?? "NO_ACTION", notifies: action?.Notify ?? false };
  };
  return { Low: of("Low"), Medium: of("Medium"), High: of("High") } satisfies TakeoverValues;
}

export function takeoverPart(current: RiskConfigurationType, values: TakeoverValues): RiskParts {
  const action = ({ action: EventAction, notifies: Notify }: LevelValues) => ({ EventAction, Notify });
  return {
    AccountTakeoverRiskConfiguration: {
      NotifyConfiguration: current.AccountTakeoverRiskConfiguration?.NotifyConfiguration,
      Actions: {
        LowAction: action(values.Low),
        MediumAction: action(values.Medium),
        HighAction: action(values.High),
      },
    },
  };
}

export const notificationEmails = ["BlockEmail", "MfaEmail", "NoActionEmail"] as const;
export type NotificationEmail = (typeof notificationEmails)[number];

export interface EmailValues {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface NotificationValues {
  readonly sourceArn: string;
  readonly from: string;
  readonly replyTo: string;
  readonly emails: Readonly<Record<NotificationEmail, EmailValues>>;
}

export function notificationValuesOf({
  AccountTakeoverRiskConfiguration: is,
}: RiskConfigurationType): NotificationValues {
  const given: Partial<NotifyConfigurationType> = is?.NotifyConfiguration ?? {};
  const of = (name: NotificationEmail): EmailValues => ({
    subject: given[name]?.Subject ?? "",
    text: given[name]?.TextBody ?? "",
    html: given[name]?.HtmlBody ?? "",
  });
  return {
    sourceArn: given.SourceArn ?? "",
    from: given.From ?? "",
    replyTo: given.ReplyTo ?? "",
    emails: { BlockEmail: of("BlockEmail"), MfaEmail: of("MfaEmail"), NoActionEmail: of("NoActionEmail") },
  };
}

/** An empty sender ARN ends notifications. An e-mail without a subject is the default one. */
export function notificationPart(current: RiskConfigurationType, values: NotificationValues): RiskParts {
  const email = (name: NotificationEmail): Partial<Record<NotificationEmail, NotifyEmailType>> => {
    const { subject, text, html } = values.emails[name];
    if (subject === "") return {};
    return {
      [name]: { Subject: subject, ...(text && { TextBody: text }), ...(html && { HtmlBody: html }) },
    };
  };
  return {
    AccountTakeoverRiskConfiguration: {
      Actions: current.AccountTakeoverRiskConfiguration?.Actions ?? {},
      ...(values.sourceArn !== "" && {
        NotifyConfiguration: {
          SourceArn: values.sourceArn,
          ...(values.from && { From: values.from }),
          ...(values.replyTo && { ReplyTo: values.replyTo }),
          ...email("BlockEmail"),
          ...email("MfaEmail"),
          ...email("NoActionEmail"),
        },
      }),
    },
  };
}

/** Cognito takes senders from three regions. */
export function isSenderArn(text: string): boolean {
  return /^arn:aws[\w-]*:ses:(eu-west-1|us-east-1|us-west-2):\d{12}:identity\/\S+$/.test(text);
}

/** @see API Reference, "NotifyEmailType": the bounds of its members */
export function isEmailValid({ subject, text, html }: EmailValues): boolean {
  const isBody = (body: string) => body === "" || (body.length >= 6 && body.length <= 20_000);
  if (subject === "") return text === "" && html === "";
  return subject.length <= 140 && isBody(text) && isBody(html);
}

const MAX_RANGES = 200;

/** The ranges of a text, one a line. */
function rangesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The first line that is not a range, or the number of ranges if there are too many. */
export type RangesFault = { readonly line: string } | { readonly count: number };

export function rangesFault(text: string): RangesFault | undefined {
  const ranges = rangesOf(text);
  const line = ranges.find((range) => !isRange(range));
  if (line !== undefined) return { line };
  return ranges.length > MAX_RANGES ? { count: ranges.length } : undefined;
}

function isRange(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  if (rest.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  if (address.includes(":")) return Number(bits) <= 128 && URL.canParse(`http://[${address}]/`);
  const numbers = address.split(".");
  return (
    Number(bits) <= 32 &&
    numbers.length === 4 &&
    numbers.every((number) => /^\d{1,3}$/.test(number) && Number(number) <= 255)
  );
}

/** The ranges, one a line. */
export interface ExceptionTexts {
  readonly blocked: string;
  readonly skipped: string;
}

export function exceptionTextsOf({ RiskExceptionConfiguration: is }: RiskConfigurationType): ExceptionTexts {
  return {
    blocked: (is?.BlockedIPRangeList ?? []).join("\n"),
    skipped: (is?.SkippedIPRangeList ?? []).join("\n"),
  };
}

/** The ranges as lists, which are merged entry by entry with those that somebody else has added or removed. */
export interface ExceptionLists {
  readonly blocked: readonly string[];
  readonly skipped: readonly string[];
}

export const exceptionLists = ({ blocked, skipped }: ExceptionTexts): ExceptionLists => ({
  blocked: rangesOf(blocked),
  skipped: rangesOf(skipped),
});

export const exceptionTexts = ({ blocked, skipped }: ExceptionLists): ExceptionTexts => ({
  blocked: blocked.join("\n"),
  skipped: skipped.join("\n"),
});

export function exceptionPart({ blocked, skipped }: ExceptionLists): RiskParts {
  return {
    RiskExceptionConfiguration:
      blocked.length + skipped.length === 0
        ? undefined
        : { BlockedIPRangeList: [...blocked], SkippedIPRangeList: [...skipped] },
  };
}
