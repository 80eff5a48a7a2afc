/** Fields for attributes of users. */
import { Field, type FieldProps } from "../components.tsx";
import type { Texts } from "../languages/index.ts";

export interface AttributeField {
  /** Of the attribute, as in the pool's schema. */
  readonly attribute: string;
  /** Of the form field. */
  readonly name: string;
  readonly value?: string | undefined;
  readonly required: boolean;
  readonly placeholder?: string | undefined;
}

type Look = Pick<FieldProps, "type" | "inputmode" | "autocomplete">;

const LOOKS: Readonly<Record<string, Look>> = {
  address: { autocomplete: "street-address" },
  birthdate: { autocomplete: "bday" },
  email: { inputmode: "email", autocomplete: "email" },
  family_name: { autocomplete: "family-name" },
  given_name: { autocomplete: "given-name" },
  middle_name: { autocomplete: "additional-name" },
  name: { autocomplete: "name" },
  nickname: { autocomplete: "nickname" },
  phone_number: { type: "tel", inputmode: "tel", autocomplete: "tel" },
  website: { autocomplete: "url" },
};

export function AttributeFields({
  attributes,
  texts,
}: {
  readonly attributes: readonly AttributeField[];
  readonly texts: Texts;
}) {
  return (
    <>
      {attributes.map(({ attribute, name, value, required, placeholder }) => (
        <Field
          key={name}
          name={name}
          label={attributeLabel(attribute, texts)}
          value={value}
          required={required}
          placeholder={placeholder}
          hint={hintOf(attribute, texts)}
          aside={required ? undefined : <span class="optional">{texts.signUp.optional}</span>}
          {...(Object.hasOwn(LOOKS, attribute) ? LOOKS[attribute] : {})}
        />
      ))}
    </>
  );
}

export function attributeLabel(attribute: string, { fields: { attributes } }: Texts): string {
  if (Object.hasOwn(attributes, attribute)) return attributes[attribute] ?? attribute;
  return attribute.replace(/^custom:/, "");
}

function hintOf(attribute: string, { fields }: Texts): string | undefined {
  if (attribute === "phone_number") return fields.phoneHint;
  if (attribute === "birthdate") return fields.birthdateHint;
  return undefined;
}
