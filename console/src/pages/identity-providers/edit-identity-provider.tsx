import {
  type IdentityProviderType,
  UpdateIdentityProviderCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { describeProvider, useIdentityProvider } from "../../api/identity-providers.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { ProviderFields } from "../../components/identity-providers/provider-fields.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  isCompleteProvider,
  providerChanges,
  providerValuesOf,
} from "../../rules/identity-providers/identity-provider.ts";

interface Props {
  readonly poolId: string;
  readonly providerName: string;
}

export default function EditIdentityProvider({ poolId, providerName }: Props) {
  const text = useText().providers;
  return (
    <Loading loaded={useIdentityProvider(poolId, providerName)} title={text.edit}>
      {(provider) => <EditForm poolId={poolId} provider={provider} />}
    </Loading>
  );
}

function EditForm({
  poolId,
  provider,
}: {
  readonly poolId: string;
  readonly provider: IdentityProviderType;
}) {
  const text = useText().providers;
  const common = useText().common;
  const show = useFlash();
  const [before] = useState(() => providerValuesOf(provider));
  const [values, setValues] = useState(before);
  return (
    <FormPage
      title={text.edit}
      submitLabel={common.save}
      cancelHref={paths.identityProvider(poolId, values.name)}
      values={values}
      isValid={isCompleteProvider(values)}
      onSubmit={async () => {
        const changes = providerChanges(values, before, await describeProvider(poolId, values.name));
        const names = { UserPoolId: poolId, ProviderName: values.name };
        await inPool(poolId, (client) =>
          client.send(new UpdateIdentityProviderCommand({ ...names, ...changes })),
        );
        show("success", text.saved(values.name));
        return paths.identityProvider(poolId, values.name);
      }}
    >
      {(wasTried) => (
        <ProviderFields values={values} onChange={setValues} wasTried={wasTried} isNew={false} />
      )}
    </FormPage>
  );
}
