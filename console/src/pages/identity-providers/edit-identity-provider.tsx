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
import { useMerge } from "../../components/basics/use-form-values.ts";
import { ProviderFields } from "../../components/identity-providers/provider-fields.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  isCompleteProvider,
  providerChanges,
  providerValuesOf,
  updateParameters,
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
  const levels = useText().providerLevels.title;
  const common = useText().common;
  const show = useFlash();
  const [before] = useState(() => providerValuesOf(provider));
  const [values, setValues] = useState(before);
  const merge = useMerge(
    updateParameters(before),
    ([field, part = ""]) => {
      if (field === "AttributeMapping") return `${text.mapping} › ${part}`;
      if (field === "AcrMapping") return `${levels} › ${part}`;
      if (field === "IdpIdentifiers") return text.identifiers;
      return part in text.details ? text.details[part as keyof typeof text.details] : part;
    },
    (withSaved) =>
      setValues((current) => providerValuesOf({ ...provider, ...withSaved(updateParameters(current)) })),
  );
  return (
    <FormPage
      title={text.edit}
      submitLabel={common.save}
      cancelHref={paths.identityProvider(poolId, values.name)}
      values={values}
      isValid={isCompleteProvider(values)}
      onSubmit={async () => {
        const own = updateParameters(values);
        const now = updateParameters(providerValuesOf(await describeProvider(poolId, values.name)));
        const changes = providerChanges(merge(own, now), own, now);
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
