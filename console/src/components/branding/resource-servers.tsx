import {
  CreateResourceServerCommand,
  DeleteResourceServerCommand,
  DescribeResourceServerCommand,
  ListResourceServersCommand,
  type ResourceServerType,
  UpdateResourceServerCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  isResourceServerIdentifier,
  isResourceServerName,
  isScopeName,
} from "../../rules/branding/domains.ts";
import { CellText } from "../basics/cell-text.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { ValueList } from "../basics/key-values.tsx";
import { Empty } from "../basics/loading.tsx";
import { useMerge } from "../basics/use-form-values.ts";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { PagedTable } from "../lists/paged-table.tsx";

const MAX_SCOPES = 100;

/** The resource servers of a pool, whose scopes access tokens can have. */
export function ResourceServers({ poolId }: { readonly poolId: string }) {
  const text = useText().resourceServers;
  const common = useText().common;
  const [edited, setEdited] = useState<ResourceServerType | "new">();
  const [deleted, setDeleted] = useState<ResourceServerType>();
  const list = usePages(
    ["resourceServers", poolId],
    async (limit, token) => {
      const answer = await inPool(poolId, (client) =>
        client.send(
          new ListResourceServersCommand({ UserPoolId: poolId, MaxResults: limit, NextToken: token }),
        ),
      );
      return { items: answer.ResourceServers ?? [], next: answer.NextToken };
    },
    10,
  );
  return (
    <>
      <PagedTable
        variant="container"
        list={list}
        label={text.title}
        keyOf={({ Identifier = "" }) => Identifier}
        nameOf={({ Name = "" }) => Name}
        header={
          <Header
            description={text.description}
            actions={<Button onClick={() => setEdited("new")}>{text.create}</Button>}
          >
            {text.title}
          </Header>
        }
        columns={[
          {
            id: "name",
            verticalAlign: "top",
            header: text.name,
            isRowHeader: true,
            cell: ({ Name }) => <CellText>{Name}</CellText>,
          },
          {
            id: "identifier",
            verticalAlign: "top",
            header: text.identifier,
            cell: ({ Identifier }) => <CellText>{Identifier}</CellText>,
          },
          {
            id: "scopes",
            header: text.scopes,
            cell: ({ Identifier, Scopes = [] }) =>
              Scopes.length === 0 ? (
                "–"
              ) : (
                <CellText>
                  <ValueList values={Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`)} />
                </CellText>
              ),
          },
          {
            id: "actions",
            verticalAlign: "top",
            header: common.actions,
            cell: (server) => (
              <SpaceBetween direction="horizontal" size="s">
                <Button
                  variant="inline-link"
                  ariaLabel={common.editWhat(server.Name ?? "")}
                  onClick={() => setEdited(server)}
                >
                  {common.edit}
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={text.deleteWhat(server.Name ?? "")}
                  onClick={() => setDeleted(server)}
                >
                  {common.delete}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        empty={<Empty title={text.none}>{text.noneHint}</Empty>}
      />
      {edited && (
        <ResourceServerDialog
          poolId={poolId}
          before={edited === "new" ? undefined : edited}
          onDismiss={() => setEdited(undefined)}
          onSaved={list.reload}
        />
      )}
      {deleted && (
        <DeleteServerDialog
          poolId={poolId}
          server={deleted}
          onDismiss={() => setDeleted(undefined)}
          onSaved={list.reload}
        />
      )}
    </>
  );
}

interface DialogProps {
  readonly poolId: string;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

interface ScopeRow {
  readonly name: string;
  readonly description: string;
}

interface Values {
  readonly name: string;
  readonly scopes: readonly ScopeRow[];
}

function valuesOf(server: ResourceServerType | undefined): Values {
  return {
    name: server?.Name ?? "",
    scopes: (server?.Scopes ?? []).map(({ ScopeName = "", ScopeDescription = "" }) => ({
      name: ScopeName,
      description: ScopeDescription,
    })),
  };
}

/** Each scope by its name, as one value that somebody changes. */
function byScope({ name, scopes }: Values) {
  return { name, scopes: Object.fromEntries(scopes.map((scope) => [scope.name, scope])) };
}

const listed = ({ name, scopes }: ReturnType<typeof byScope>): Values => ({
  name,
  scopes: Object.values(scopes),
});

function parametersOf({ name, scopes }: Values) {
  return {
    Name: name,
    Scopes: scopes.map((scope) => ({ ScopeName: scope.name, ScopeDescription: scope.description })),
  };
}

/** @param before the resource server that is changed; undefined for a new one */
function ResourceServerDialog({
  poolId,
  before,
  onDismiss,
  onSaved,
}: DialogProps & { readonly before: ResourceServerType | undefined }) {
  const text = useText().resourceServers;
  const common = useText().common;
  const show = useFlash();
  const [identifier, setIdentifier] = useState(before?.Identifier ?? "");
  const [values, setValues] = useState(() => valuesOf(before));
  const merge = useMerge(byScope(valuesOf(before)), { name: text.name, scopes: text.scopes }, (withSaved) =>
    setValues((current) => listed(withSaved(byScope(current)))),
  );
  const { name, scopes } = values;
  const setScopes = (next: readonly ScopeRow[]) => setValues((current) => ({ ...current, scopes: next }));
  const isTwice = ({ name }: ScopeRow, index: number) => scopes.findIndex((one) => one.name === name) < index;
  const isScopeValid = (scope: ScopeRow, index: number) =>
    isScopeName(scope.name) && !isTwice(scope, index) && scope.description !== "";
  const isValid =
    isResourceServerName(name) && isResourceServerIdentifier(identifier) && scopes.every(isScopeValid);
  const changeScope = (index: number, changes: Partial<ScopeRow>) =>
    setScopes(scopes.map((scope, other) => (other === index ? { ...scope, ...changes } : scope)));
  return (
    <ActionDialog
      title={before === undefined ? text.create : text.edit}
      size="large"
      confirmLabel={before === undefined ? text.create : common.saveChanges}
      values={{ name, identifier, scopes }}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const names = { UserPoolId: poolId, Identifier: identifier };
        await inPool(poolId, async (client) => {
          if (before === undefined) {
            await client.send(new CreateResourceServerCommand({ ...names, ...parametersOf(values) }));
            return;
          }
          // The operation takes name and scopes at once: what was not changed here stays as it is now.
          const { ResourceServer } = await client.send(new DescribeResourceServerCommand(names));
          const merged = listed(merge(byScope(values), byScope(valuesOf(ResourceServer))));
          await client.send(new UpdateResourceServerCommand({ ...names, ...parametersOf(merged) }));
        });
        show("success", before === undefined ? text.created(name) : text.saved(name));
        onSaved();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField
            label={text.name}
            errorText={isResourceServerName(name) || (name === "" && !wasTried) ? undefined : text.nameFault}
          >
            <Input
              value={name}
              autoComplete={false}
              onChange={({ detail }) => setValues({ ...values, name: detail.value })}
            />
          </FormField>
          <FormField
            label={text.identifier}
            description={text.identifierHint}
            errorText={
              isResourceServerIdentifier(identifier) || (identifier === "" && !wasTried)
                ? undefined
                : text.identifierFault
            }
          >
            <Input
              value={identifier}
              disabled={before !== undefined}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setIdentifier(detail.value.trim())}
            />
          </FormField>
          <FormField label={text.customScopes} stretch>
            <AttributeEditor
              items={scopes}
              addButtonText={text.addScope}
              removeButtonText={text.removeScope}
              disableAddButton={scopes.length >= MAX_SCOPES}
              onAddButtonClick={() => setScopes([...scopes, { name: "", description: "" }])}
              onRemoveButtonClick={({ detail }) =>
                setScopes(scopes.filter((_scope, index) => index !== detail.itemIndex))
              }
              empty={text.noScopes}
              definition={[
                {
                  label: text.scopeName,
                  errorText: (scope, index) => {
                    if (scope.name === "" && !wasTried) return undefined;
                    if (!isScopeName(scope.name)) return text.scopeFault;
                    return isTwice(scope, index) ? text.scopeTwice : undefined;
                  },
                  control: (scope, index) => (
                    <Input
                      value={scope.name}
                      autoComplete={false}
                      spellcheck={false}
                      onChange={({ detail }) => changeScope(index, { name: detail.value.trim() })}
                    />
                  ),
                },
                {
                  label: text.scopeDescription,
                  errorText: ({ description }) =>
                    wasTried && description === "" ? common.required : undefined,
                  control: (scope, index) => (
                    <Input
                      value={scope.description}
                      autoComplete={false}
                      onChange={({ detail }) => changeScope(index, { description: detail.value })}
                    />
                  ),
                },
              ]}
            />
          </FormField>
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}

function DeleteServerDialog({
  poolId,
  server: { Identifier = "", Name = "" },
  onDismiss,
  onSaved,
}: DialogProps & { readonly server: ResourceServerType }) {
  const text = useText().resourceServers;
  const command = () => new DeleteResourceServerCommand({ UserPoolId: poolId, Identifier });
  return (
    <DeleteDialog
      title={text.deleteWhat(Name)}
      question={<Warning>{text.deleteWarning}</Warning>}
      deleted={text.deleted(Name)}
      onDelete={() => inPool(poolId, (client) => client.send(command()))}
      onDismiss={onDismiss}
      onDeleted={onSaved}
    />
  );
}
