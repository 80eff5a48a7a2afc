import type { FieldProps } from "../components.tsx";
import type { Texts } from "../languages/index.ts";

/** The names that users of a pool sign in with. */
export type NameForm =
  | { readonly kind: "email" | "phone" | "email or phone" }
  | {
      readonly kind: "username";
      readonly aliases: readonly ("email" | "phone_number" | "preferred_username")[];
    };

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
