import {
  type CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inRegion } from "../../api/aws.ts";
import { problemOf } from "../../api/errors.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePreferences } from "../../app/preferences.tsx";
import { useSession } from "../../app/session.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import {
  AddReturnUrl,
  ConfigureOptions,
  DefineApplication,
  MoreOptions,
} from "../../components/pools/new-pool-fields.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  createFirstClientRequest,
  createPoolRequest,
  emptyPool,
  machineResourceServer,
  type NewPool,
  newPoolFaults,
  poolNameOf,
} from "../../rules/pools/new-pool.ts";

/** As in AWS's console of today: one page, which makes the user pool and its first app client. */
export default function CreateUserPool() {
  const text = useText().createPool;
  const show = useFlash();
  const { me } = useSession();
  const { region = me.region } = usePreferences();
  const [pool, setPool] = useState<NewPool>(emptyPool);
  const onChange = (changes: Partial<NewPool>) => setPool((before) => ({ ...before, ...changes }));

  return (
    <FormPage
      title={text.title}
      description={text.description(region)}
      submitLabel={text.submit}
      cancelHref={paths.userPools}
      values={pool}
      isValid={!Object.values(newPoolFaults(pool)).includes(true)}
      onSubmit={async () => {
        const { UserPool } = await inRegion(region, (client) =>
          client.send(new CreateUserPoolCommand(createPoolRequest(pool))),
        );
        const poolId = UserPool?.Id ?? "";
        const name = poolNameOf(pool);
        try {
          const clientId = await inRegion(region, (client) => createFirstClient(client, poolId, pool));
          show("success", text.created(name));
          return paths.setUpApplication(poolId, clientId, pool.application);
        } catch (error) {
          // A second try here would create a second user pool.
          show("error", text.createdInPart(name, problemOf(error).message));
        }
        return paths.poolOverview(poolId);
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="l">
          <DefineApplication pool={pool} onChange={onChange} wasTried={wasTried} />
          <ConfigureOptions pool={pool} onChange={onChange} wasTried={wasTried} />
          {pool.application !== "machine" && <AddReturnUrl pool={pool} onChange={onChange} />}
          <MoreOptions pool={pool} onChange={onChange} wasTried={wasTried} />
        </SpaceBetween>
      )}
    </FormPage>
  );
}

/** @returns its ID */
async function createFirstClient(
  client: CognitoIdentityProviderClient,
  poolId: string,
  pool: NewPool,
): Promise<string> {
  const scopes: string[] = [];
  if (pool.application === "machine") {
    const server = machineResourceServer(poolId);
    await client.send(new CreateResourceServerCommand(server));
    scopes.push(...(server.Scopes ?? []).map(({ ScopeName }) => `${server.Identifier}/${ScopeName}`));
  }
  const command = new CreateUserPoolClientCommand(createFirstClientRequest(poolId, pool, scopes));
  return (await client.send(command)).UserPoolClient?.ClientId ?? "";
}
