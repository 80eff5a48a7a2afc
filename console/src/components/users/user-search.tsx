import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useEffect, useState } from "react";
import {
  type SearchableAttribute,
  searchableAttributes,
} from "../../../../src/storage/users/searchable-attributes.ts";
import { useText } from "../../i18n/text.tsx";

/** The pause in typing that starts the search. */
const PAUSE_MILLISECONDS = 300;

/** The values of the two attributes that have only a few. */
const statuses = ["CONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "UNCONFIRMED", "EXTERNAL_PROVIDER"];

interface Props {
  readonly attribute: SearchableAttribute;
  readonly value: string;
  readonly onChange: (attribute: SearchableAttribute, value: string) => void;
}

/** Finds users by the beginning of one attribute, as ListUsers does. */
export function UserSearch({ attribute, value, onChange }: Props) {
  const text = useText().users;
  const attributes = searchableAttributes.map((name) => ({ value: name, label: text.search[name] }));
  return (
    <div className="user-search">
      <FormField stretch>
        <Select
          ariaLabel={text.searchBy}
          options={attributes}
          selectedOption={attributes.find((option) => option.value === attribute) ?? null}
          onChange={({ detail }) => {
            const chosen = searchableAttributes.find((name) => name === detail.selectedOption.value);
            if (chosen !== undefined) onChange(chosen, "");
          }}
        />
      </FormField>
      <FormField stretch>
        <SearchValue
          key={attribute}
          attribute={attribute}
          value={value}
          onChange={(next) => onChange(attribute, next)}
        />
      </FormField>
    </div>
  );
}

interface ValueProps {
  readonly attribute: SearchableAttribute;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function SearchValue({ attribute, value, onChange }: ValueProps) {
  const text = useText().users;
  const common = useText().common;
  const labels: Readonly<Record<string, string>> = text.statuses;
  if (attribute === "status" || attribute === "cognito:user_status") {
    const all = { value: "", label: text.any };
    const options =
      attribute === "status"
        ? [all, { value: "Enabled", label: common.enabled }, { value: "Disabled", label: common.disabled }]
        : [all, ...statuses.map((status) => ({ value: status, label: labels[status] ?? status }))];
    return (
      <Select
        ariaLabel={text.searchValue}
        options={options}
        selectedOption={options.find((option) => option.value === value) ?? all}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    );
  }
  return <SearchText value={value} onChange={onChange} label={text.searchFor(text.search[attribute])} />;
}

function SearchText({
  value,
  onChange,
  label,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <Input
      type="search"
      value={typed}
      placeholder={label}
      ariaLabel={label}
      onChange={({ detail }) => setTyped(detail.value)}
    />
  );
}
