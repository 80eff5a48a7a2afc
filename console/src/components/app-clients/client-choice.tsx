import type { UserPoolClientDescription } from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import Link from "@cloudscape-design/components/link";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { type ReactNode, useEffect } from "react";
import { appClientsOf } from "../../api/lists.ts";
import { useLoad } from "../../api/load.ts";
import { allPages } from "../../api/pages.ts";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../app/router.tsx";
import { mayLeave } from "../../app/unsaved-changes.ts";
import { useText } from "../../i18n/text.tsx";
import { Empty, Loading } from "../basics/loading.tsx";

/** From so many app clients on, they can be searched. */
const MANY = 10;

export interface ChosenClient {
  readonly clientId: string;
  /** The field in which another one can be chosen. */
  readonly field: ReactNode;
  readonly clients: readonly UserPoolClientDescription[];
}

/** So many can a quota allow: an address can name each of them. Developer Guide, "Quotas in Amazon Cognito" */
const MOST = 10_000;

/** The app clients of a pool, and the one that the address names; empty for none. One that does not exist is removed from it. */
export function useClientOfAddress(poolId: string) {
  const [{ client: clientId }, change] = useAddressState({ client: "" });
  const clients = useLoad(["allClients", poolId], () => allPages(appClientsOf(poolId), MOST));
  const isGone = clientId !== "" && clients.value?.every(({ ClientId }) => ClientId !== clientId) === true;
  useEffect(() => {
    if (isGone) change({ client: "" });
  });
  return { clients, clientId, choose: (chosen: string) => change({ client: chosen }) };
}

interface Props {
  readonly poolId: string;
  /** The title if the user pool has no app clients. */
  readonly none: string;
  readonly children: (chosen: ChosenClient) => ReactNode;
}

/** One of the app clients of a pool: that of the address, which names none for the first. */
export function ClientChoice({ poolId, none, children }: Props) {
  const text = useText().appClients;
  const { clients: loaded, clientId: chosen, choose } = useClientOfAddress(poolId);
  return (
    <Loading loaded={loaded}>
      {(clients) => {
        const { ClientId: clientId } =
          clients.find(({ ClientId }) => ClientId === chosen) ?? clients[0] ?? {};
        if (clientId === undefined)
          return (
            <Empty title={none} action={<Link href={paths.createAppClient(poolId)}>{text.create}</Link>} />
          );
        const field = (
          <ClientField clients={clients} clientId={clientId} onChange={(id) => mayLeave() && choose(id)} />
        );
        return children({ clientId, field, clients });
      }}
    </Loading>
  );
}

interface FieldProps {
  readonly clients: readonly UserPoolClientDescription[];
  readonly clientId: string;
  readonly onChange: (clientId: string) => void;
}

function ClientField({ clients, clientId, onChange }: FieldProps) {
  const text = useText().appClients;
  const common = useText().common;
  const options: readonly SelectProps.Option[] = clients.map(({ ClientId = "", ClientName = "" }) => ({
    value: ClientId,
    label: ClientName,
    description: ClientId,
  }));
  return (
    <FormField label={text.one}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === clientId) ?? null}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? clientId)}
        {...(clients.length > MANY && {
          filteringType: "auto",
          filteringPlaceholder: text.find,
          filteringAriaLabel: text.find,
          empty: common.noMatches,
          virtualScroll: true,
        })}
      />
    </FormField>
  );
}
