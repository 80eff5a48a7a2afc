/** The form "Create user" and its AdminCreateUser request. */
import type {
  AdminCreateUserCommandInput,
  AttributeType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isEmailAddress, isPhoneNumber } from "../../../../src/user-pools/attributes/values.ts";
import { type PasswordPolicy, passwordFaults } from "../authentication/password.ts";
import type { SignInOptions } from "../authentication/sign-in-options.ts";
import { firstFactorsOf } from "../authentication/sign-in-policy.ts";
import { isUsername } from "../names.ts";

export type Invitation = "none" | "email" | "sms";

/** Pools that have not said how they send text messages send none. */
export function invitationsOf({ SmsConfiguration }: UserPoolType): readonly Invitation[] {
  return SmsConfiguration === undefined ? ["none", "email"] : ["none", "email", "sms"];
}

export type PasswordWay = "set" | "generate" | "none";

/** Where users can sign in by a code, AdminCreateUser without a password makes a user who has none. */
export function passwordWaysOf(pool: UserPoolType): readonly PasswordWay[] {
  const factors = firstFactorsOf(pool);
  const isPasswordless = factors.includes("EMAIL_OTP") || factors.includes("SMS_OTP");
  return isPasswordless ? ["set", "none"] : ["set", "generate"];
}

export interface NewUser {
  readonly invitation: Invitation;
  readonly username: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly phoneNumber: string;
  readonly isPhoneNumberVerified: boolean;
  readonly passwordWay: PasswordWay;
  readonly password: string;
}

export const emptyUser: NewUser = {
  invitation: "none",
  username: "",
  email: "",
  isEmailVerified: false,
  phoneNumber: "",
  isPhoneNumberVerified: false,
  passwordWay: "generate",
  password: "",
};

export type NewUserFault =
  | "username"
  | "usernameLikeEmail"
  | "usernameLikePhone"
  | "emailForm"
  | "emailForInvitation"
  | "emailForVerified"
  | "signInAddress"
  | "signInEmail"
  | "signInPhone"
  | "phoneForm"
  | "phoneForInvitation"
  | "phoneForVerified";

export interface NewUserFaults {
  readonly username?: NewUserFault;
  readonly email?: NewUserFault;
  readonly phoneNumber?: NewUserFault;
  readonly password?: true;
}

/** The faults of the form, by field. */
export function newUserFaults(user: NewUser, options: SignInOptions, policy: PasswordPolicy): NewUserFaults {
  const username = options.hasUsername ? usernameFault(user.username.trim(), options) : undefined;
  const email = emailFault(user, options);
  const phoneNumber = phoneFault(user, options);
  const isPasswordWrong = user.passwordWay === "set" && passwordFaults(user.password, policy).length > 0;
  return {
    ...(username && { username }),
    ...(email && { email }),
    ...(phoneNumber && { phoneNumber }),
    ...(isPasswordWrong && { password: true }),
  };
}

function usernameFault(username: string, options: SignInOptions): NewUserFault | undefined {
  if (!isUsername(username)) return "username";
  if (options.email && isEmailAddress(username)) return "usernameLikeEmail";
  if (options.phoneNumber && isPhoneNumber(username)) return "usernameLikePhone";
  return undefined;
}

function emailFault(user: NewUser, options: SignInOptions): NewUserFault | undefined {
  const email = user.email.trim();
  if (email !== "") return isEmailAddress(email) ? undefined : "emailForm";
  if (user.invitation === "email") return "emailForInvitation";
  if (user.isEmailVerified) return "emailForVerified";
  if (!options.email || !lacksSignInName(user, options)) return undefined;
  return options.phoneNumber ? "signInAddress" : "signInEmail";
}

function phoneFault(user: NewUser, options: SignInOptions): NewUserFault | undefined {
  const phoneNumber = user.phoneNumber.trim();
  if (phoneNumber !== "") return isPhoneNumber(phoneNumber) ? undefined : "phoneForm";
  if (user.invitation === "sms") return "phoneForInvitation";
  if (user.isPhoneNumberVerified) return "phoneForVerified";
  return !options.email && lacksSignInName(user, options) ? "signInPhone" : undefined;
}

/** Whether the form lacks every address that a pool without user names could identify the user by. */
function lacksSignInName(user: NewUser, options: SignInOptions): boolean {
  if (options.hasUsername) return false;
  const hasEmail = options.email && user.email.trim() !== "";
  const hasPhoneNumber = options.phoneNumber && user.phoneNumber.trim() !== "";
  return !hasEmail && !hasPhoneNumber;
}

export function createUserRequest(
  poolId: string,
  user: NewUser,
  options: SignInOptions,
): AdminCreateUserCommandInput {
  const email = user.email.trim();
  const phoneNumber = user.phoneNumber.trim();
  // In a pool without usernames the e-mail address or phone number is sent, and the pool generates the username.
  const contact = options.email && email !== "" ? email : phoneNumber;
  const attributes: AttributeType[] = [
    ...(email === "" ? [] : contactAttributes("email", email, user.isEmailVerified)),
    ...(phoneNumber === "" ? [] : contactAttributes("phone_number", phoneNumber, user.isPhoneNumberVerified)),
  ];
  return {
    UserPoolId: poolId,
    Username: options.hasUsername ? user.username.trim() : contact,
    UserAttributes: attributes,
    ...(user.invitation === "none"
      ? { MessageAction: "SUPPRESS" }
      : { DesiredDeliveryMediums: [user.invitation === "email" ? "EMAIL" : "SMS"] }),
    ...(user.passwordWay === "set" ? { TemporaryPassword: user.password } : {}),
  };
}

function contactAttributes(
  name: "email" | "phone_number",
  value: string,
  isVerified: boolean,
): AttributeType[] {
  return [{ Name: name, Value: value }, ...(isVerified ? [{ Name: `${name}_verified`, Value: "true" }] : [])];
}
