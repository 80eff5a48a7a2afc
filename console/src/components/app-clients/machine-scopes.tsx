import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Multiselect from "@cloudscape-design/components/multiselect";
import { useLoad } from "../../api/load.ts";
import { customScopesOf } from "../../api/pool-features.ts";
import { paths } from "../../app/paths.ts";
import { useText } from "../../i18n/text.tsx";
import { Loading } from "../basics/loading.tsx";

interface Props {
  readonly poolId: string;
  readonly scopes: readonly string[];
  readonly onChange: (scopes: readonly string[]) => void;
  readonly wasTried: boolean;
}

/** The scopes that an application without users may request: those of the pool's resource servers alone. */
export function MachineScopes({ poolId, scopes, onChange, wasTried }: Props) {
  const text = useText().clientFeatures.loginPages;
  const loaded = useLoad(["customScopes", poolId], () => customScopesOf(poolId));
  const asOption = (value: string) => ({ value, label: value });
  return (
    <Container header={<Header description={text.machineScopesHint}>{text.customScopes}</Header>}>
      <Loading loaded={loaded}>
        {(all) =>
          all.length === 0 ? (
            <Alert
              type={wasTried ? "error" : "info"}
              action={<Button href={paths.domain(poolId)}>{text.toResourceServers}</Button>}
            >
              {text.noCustomScopes}
            </Alert>
          ) : (
            <FormField
              label={text.customScopes}
              errorText={wasTried && scopes.length === 0 ? text.needsScope : undefined}
            >
              <Multiselect
                options={all.map(asOption)}
                selectedOptions={scopes.map(asOption)}
                placeholder={text.chooseScopes}
                onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value = "" }) => value))}
              />
            </FormField>
          )
        }
      </Loading>
    </Container>
  );
}
