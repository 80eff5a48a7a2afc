/** The actions of the account page's forms, each by the operation that users have for it. */
import {
  InvalidParameterException,
  OperationNotEnabledException,
  ResourceNotFoundException,
} from "../../../api-model/index.ts";
import { type JsonObject, parseJsonObject } from "../../../json.ts";
import { sendVerificationCode } from "../../../user-pools/index.ts";
import type { Parameters } from "../../parameters.ts";
import type { AccountVisit } from "./account-visit.ts";

/** The message of the page afterwards; `app` and `passkey` lead to a page of their own. */
export type Done = "saved" | "codeSent" | "removed" | "ended" | "app" | "passkey" | "deleted" | "signedOut";

export interface Action {
  /** Whether the user must have proved a short while ago who they are. */
  readonly needsFresh: boolean | ((fields: Parameters, visit: AccountVisit) => boolean);
  /** @throws ServiceException */
  run(fields: Parameters, visit: AccountVisit): Promise<Done>;
}

const ATTRIBUTE = "attribute.";
const ADDRESSES: ReadonlySet<string> = new Set(["email", "phone_number"]);

export const accountActions: Readonly<Record<string, Action>> = {
  attributes: {
    needsFresh: (fields, visit) => changesOf(fields, visit).some(({ Name }) => ADDRESSES.has(Name)),
    async run(fields, visit) {
      const UserAttributes = changesOf(fields, visit);
      if (UserAttributes.length === 0) return "saved";
      const { CodeDeliveryDetailsList = [] } = await visit.callAsUser("UpdateUserAttributes", {
        UserAttributes,
      });
      return CodeDeliveryDetailsList.length > 0 ? "codeSent" : "saved";
    },
  },
  send_code: {
    needsFresh: false,
    async run(fields, { callAsUser, pool, client, user, context }) {
      const attribute = fields.get("attribute") ?? "";
      const isAddress = attribute === "email" || attribute === "phone_number";
      const waiting = isAddress ? user.pendingAttributes?.[attribute] : undefined;
      if (isAddress && waiting !== undefined) {
        // UpdateUserAttributes would send one as well, but allows more an hour.
        await sendVerificationCode(pool, user, { attribute, value: waiting }, client.id, context);
      } else {
        await callAsUser("GetUserAttributeVerificationCode", { AttributeName: attribute });
      }
      return "codeSent";
    },
  },
  verify: {
    needsFresh: false,
    async run(fields, { callAsUser }) {
      const Code = (fields.get("code") ?? "").trim();
      await callAsUser("VerifyUserAttribute", { AttributeName: fields.get("attribute") ?? "", Code });
      return "saved";
    },
  },
  password: {
    needsFresh: true,
    async run(fields, { callAsUser }) {
      const PreviousPassword = fields.get("previous_password");
      await callAsUser("ChangePassword", {
        ProposedPassword: fields.get("new_password") ?? "",
        ...(PreviousPassword !== undefined && { PreviousPassword }),
      });
      return "saved";
    },
  },
  factor_on: factorAction({ Enabled: true }),
  factor_off: factorAction({ Enabled: false }),
  factor_prefer: factorAction({ Enabled: true, PreferredMfa: true }),
  passkey_mfa_on: passkeyMfaAction(true),
  passkey_mfa_off: passkeyMfaAction(false),
  app_start: {
    needsFresh: true,
    async run(_fields, { callAsUser }) {
      await callAsUser("AssociateSoftwareToken");
      return "app";
    },
  },
  app_finish: {
    needsFresh: true,
    async run(fields, { callAsUser }) {
      const FriendlyDeviceName = fields.get("device_name");
      await callAsUser("VerifySoftwareToken", {
        UserCode: (fields.get("code") ?? "").replace(/\s/g, ""),
        ...(FriendlyDeviceName && { FriendlyDeviceName }),
      });
      await callAsUser("SetUserMFAPreference", { SoftwareTokenMfaSettings: { Enabled: true } });
      return "saved";
    },
  },
  passkey_start: { needsFresh: true, run: async () => "passkey" },
  passkey_finish: {
    needsFresh: true,
    async run(fields, { callAsUser }) {
      await callAsUser("CompleteWebAuthnRegistration", { Credential: credentialOf(fields) });
      return "saved";
    },
  },
  passkey_remove: {
    needsFresh: true,
    async run(fields, { callAsUser }) {
      await callAsUser("DeleteWebAuthnCredential", { CredentialId: fields.get("id") ?? "" });
      return "removed";
    },
  },
  device_forget: {
    needsFresh: false,
    async run(fields, { callAsUser }) {
      await callAsUser("ForgetDevice", { DeviceKey: fields.get("id") ?? "" });
      return "removed";
    },
  },
  session_end: {
    needsFresh: false,
    async run(fields, { callAsUser }) {
      await callAsUser("RevokeUserSession", { SessionId: fields.get("id") ?? "" });
      return "ended";
    },
  },
  sign_out_everywhere: {
    needsFresh: false,
    async run(_fields, { callAsUser }) {
      // GlobalSignOut ends what has tokens. Browsers are among the sessions, where the pool tracks them.
      const { Sessions = [] } = await callAsUser("ListUserSessions").catch(noSessions);
      for (const { SessionId } of Sessions) {
        if (SessionId !== undefined) await callAsUser("RevokeUserSession", { SessionId }).catch(noSessions);
      }
      await callAsUser("GlobalSignOut");
      return "signedOut";
    },
  },
  sign_out: { needsFresh: false, run: async () => "signedOut" },
  delete: {
    needsFresh: true,
    async run(_fields, { callAsUser }) {
      await callAsUser("DeleteUser");
      return "deleted";
    },
  },
};

/** The pool does not track sessions, or one has just ended. */
function noSessions(error: unknown): { readonly Sessions: undefined } {
  if (error instanceof OperationNotEnabledException || error instanceof ResourceNotFoundException)
    return { Sessions: undefined };
  throw error;
}

/** The members of SetUserMFAPreference, by the name of the factor in the form. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ["SOFTWARE_TOKEN_MFA", "SoftwareTokenMfaSettings"],
  ["SMS_MFA", "SMSMfaSettings"],
  ["EMAIL_OTP", "EmailMfaSettings"],
]);

function factorAction(settings: JsonObject): Action {
  return {
    needsFresh: true,
    async run(fields, { callAsUser }) {
      const member = SETTINGS.get(fields.get("factor") ?? "");
      if (member === undefined) throw new InvalidParameterException("Invalid MFA method.");
      await callAsUser("SetUserMFAPreference", { [member]: settings });
      return "saved";
    },
  };
}

function passkeyMfaAction(Enabled: boolean): Action {
  return {
    needsFresh: true,
    async run(_fields, { callAsUser }) {
      await callAsUser("SetUserMFAPreference", { WebAuthnMfaSettings: { Enabled } });
      return "saved";
    },
  };
}

/** Attributes that the form changes. An empty value takes one away. */
function changesOf(fields: Parameters, { user }: AccountVisit): readonly { Name: string; Value: string }[] {
  return [...fields].flatMap(([field, value]) => {
    if (!field.startsWith(ATTRIBUTE)) return [];
    const Name = field.slice(ATTRIBUTE.length);
    const Value = value.trim();
    return Value === (user.attributes[Name] ?? "") ? [] : [{ Name, Value }];
  });
}

/** @throws InvalidParameterException it is no JSON object */
function credentialOf(fields: Parameters): JsonObject {
  const credential = parseJsonObject(fields.get("credential") ?? "");
  if (credential === undefined) throw new InvalidParameterException("Invalid credential.");
  return credential;
}
