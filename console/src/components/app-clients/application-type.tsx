import FormField from "@cloudscape-design/components/form-field";
import Tiles from "@cloudscape-design/components/tiles";
import { useText } from "../../i18n/text.tsx";
import type { ApplicationType, ClientType } from "../../rules/app-clients/app-client.ts";

/** Those with users. */
const applicationTypes: readonly ApplicationType[] = ["web", "spa", "mobile"];

export const clientTypes: readonly ClientType[] = [...applicationTypes, "machine"];

interface Props<Type extends ClientType> {
  readonly types: readonly Type[];
  readonly value: Type;
  readonly onChange: (type: Type) => void;
}

export function ApplicationTypeTiles<Type extends ClientType>({ types, value, onChange }: Props<Type>) {
  const text = useText().appClients;
  return (
    <FormField label={text.applicationType} stretch>
      <Tiles
        value={value}
        columns={types.length === 4 ? 2 : 3}
        items={types.map((type) => ({
          value: type,
          label: text.types[type].label,
          description: text.types[type].description,
        }))}
        onChange={({ detail }) => {
          const chosen = types.find((type) => type === detail.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      />
    </FormField>
  );
}
