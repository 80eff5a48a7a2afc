import { CreateIdentityProviderCommand } from "@aws-sdk/client-cognito-identity-provider";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { FormPage } from "../../components/basics/form-page.tsx";
import { ProviderFields } from "../../components/identity-providers/provider-fields.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  emptyProvider,
  isCompleteProvider,
  providerDetails,
  providerParameters,
} from "../../rules/identity-providers/identity-provider.ts";

export default function CreateIdentityProvider({ poolId }: { readonly poolId: string }) {
  const text = useText().providers;
  const show = useFlash();
  const [values, setValues] = useState(() => emptyProvider("OIDC"));
  return (
    <FormPage
      title={text.create}
      description={text.createDescription}
      submitLabel={text.create}
      cancelHref={paths.identityProviders(poolId)}
      values={values}
      isValid={isCompleteProvider(values)}
      onSubmit={async () => {
        await inPool(poolId, (client) =>
          client.send(
            new CreateIdentityProviderCommand({
              UserPoolId: poolId,
              ProviderName: values.name,
              ProviderType: values.type,
              ProviderDetails: providerDetails(values),
              ...providerParameters(values),
            }),
          ),
        );
        show("success", text.created(values.name));
        return paths.identityProvider(poolId, values.name);
      }}
    >
      {(wasTried) => <ProviderFields values={values} onChange={setValues} wasTried={wasTried} isNew />}
    </FormPage>
  );
}
