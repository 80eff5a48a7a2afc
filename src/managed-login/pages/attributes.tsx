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
      {inOrderOf(texts, attributes).map(({ attribute, name, value, required, placeholder }) => (
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

/** The languages in which a family name comes before the given name. */
const FAMILY_NAME_FIRST: ReadonlySet<string> = new Set(["ja", "ko", "zh-CN", "zh-TW"]);

function inOrderOf({ tag }: Texts, attributes: readonly AttributeField[]): readonly AttributeField[] {
  const familyName = attributes.find(({ attribute }) => attribute === "family_name");
  const others = attributes.filter((field) => field !== familyName);
  const place = others.findIndex(({ attribute }) => attribute === "given_name");
  if (familyName === undefined || place < 0 || !FAMILY_NAME_FIRST.has(tag)) return attributes;
  return [...others.slice(0, place), familyName, ...others.slice(place)];
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
