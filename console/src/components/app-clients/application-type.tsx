import FormField from "@cloudscape-design/components/form-field";
import Tiles from "@cloudscape-design/components/tiles";
import { useText } from "../../i18n/text.tsx";
import type { ApplicationType } from "../../rules/app-clients/app-client.ts";

const types: readonly ApplicationType[] = ["web", "spa", "mobile"];

export function ApplicationTypeTiles({
  value,
  onChange,
}: {
  readonly value: ApplicationType;
  readonly onChange: (type: ApplicationType) => void;
}) {
  const text = useText().appClients;
  return (
    <FormField label={text.applicationType} stretch>
      <Tiles
        value={value}
        columns={3}
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
