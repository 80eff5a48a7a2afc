import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import type { ProviderValues } from "../../rules/identity-providers/identity-provider.ts";
import { acrLevels } from "../../rules/pools/pool-features.ts";

interface Props {
  readonly levels: ProviderValues["levels"];
  readonly onChange: (levels: ProviderValues["levels"]) => void;
}

/** The `AcrMapping`: how an OpenID provider names the authentication levels of the pool. */
export function ProviderLevels({ levels, onChange }: Props) {
  const text = useText().providerLevels;
  const { levelOf, ways } = useText().poolFeatures.levels;
  return (
    <Container header={<Header description={text.description}>{text.title}</Header>}>
      <SpaceBetween size="l">
        {acrLevels.map((level, index) => (
          <FormField key={level} label={text.valueOf(levelOf(index + 1))} description={ways[level]}>
            <Input
              value={levels[level] ?? ""}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => onChange({ ...levels, [level]: detail.value })}
            />
          </FormField>
        ))}
      </SpaceBetween>
    </Container>
  );
}
