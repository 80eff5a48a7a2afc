import type { FieldProps } from "../components.tsx";
import type { Texts } from "../languages/index.ts";

/** The names that users of a pool sign in with. */
export type NameForm =
  | { readonly kind: "email" | "phone" | "email or phone" }
  | {
      readonly kind: "username";
      readonly aliases: readonly ("email" | "phone_number" | "preferred_username")[];
    };

const ALIASES = ["email", "phone_number", "preferred_username"] as const;

/** The settings of a pool that decide it. */
interface SignInNames {
  readonly UsernameAttributes?: readonly string[] | undefined;
  readonly AliasAttributes?: readonly string[] | undefined;
}

export function nameFormOf({ UsernameAttributes = [], AliasAttributes = [] }: SignInNames): NameForm {
  const [email, phone] = [UsernameAttributes.includes("email"), UsernameAttributes.includes("phone_number")];
  if (email) return { kind: phone ? "email or phone" : "email" };
  if (phone) return { kind: "phone" };
  return { kind: "username", aliases: ALIASES.filter((alias) => AliasAttributes.includes(alias)) };
}

/** The field for the name at sign-in. It is a text field for every form: a browser's own check would be in its language. */
export function nameField(
  form: NameForm,
  { fields }: Texts,
): Pick<FieldProps, "name" | "label" | "inputmode"> {
  switch (form.kind) {
    case "email":
      return { name: "username", label: fields.email, inputmode: "email" };
    case "phone":
      return { name: "username", label: fields.phone, inputmode: "tel" };
    case "email or phone":
      return { name: "username", label: fields.emailOrPhone, inputmode: "email" };
    case "username":
      return {
        name: "username",
        label: form.aliases.length === 0 ? fields.username : fields.usernameOr(form.aliases),
      };
  }
}

/** What the classic pages have in the empty field for the name. */
export function namePlaceholder({ kind }: NameForm, { fields }: Texts): string {
  return kind === "email" ? EMAIL_PLACEHOLDER : kind === "phone" ? fields.phone : fields.username;
}

export const EMAIL_PLACEHOLDER = "name@host.com";
