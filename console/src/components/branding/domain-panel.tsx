import {
  CreateUserPoolDomainCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolDomainCommand,
  type DomainDescriptionType,
  UpdateUserPoolDomainCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  domainUrl,
  failoverValuesOf,
  isCertificateArn,
  isCustomDomain,
  isDomainPrefix,
  isFailoverWhole,
  routingOf,
} from "../../rules/branding/domains.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { Copyable } from "../basics/copyable.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Empty, Loading } from "../basics/loading.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { FailoverFields } from "./failover-fields.tsx";

export type DomainKind = "prefix" | "custom";

interface Props {
  readonly poolId: string;
  readonly kind: DomainKind;
  /** Undefined when the pool has none of this kind. */
  readonly domain: string | undefined;
}

/** A domain of the pool's login pages, with dialogs that create, change and delete it. */
export function DomainPanel({ poolId, kind, domain }: Props) {
  const text = useText().domains;
  const common = useText().common;
  const { reload } = usePool();
  const [open, setOpen] = useState<"edit" | "delete">();
  const described = useLoad(["domain", poolId, domain], async () =>
    domain === undefined ? {} : describeDomain(poolId, domain),
  );
  const changed = () => {
    reload();
    described.reload();
  };
  const dialog = { poolId, kind, onDismiss: () => setOpen(undefined), onChanged: changed };
  const title = text.kinds[kind];
  return (
    <Container
      header={
        <Header
          description={text.descriptions[kind]}
          actions={
            domain === undefined ? (
              <Button onClick={() => setOpen("edit")}>{text.create[kind]}</Button>
            ) : (
              <SpaceBetween direction="horizontal" size="xs">
                <Button ariaLabel={text.deleteWhat(title)} onClick={() => setOpen("delete")}>
                  {common.delete}
                </Button>
                <Button ariaLabel={common.editWhat(title)} onClick={() => setOpen("edit")}>
                  {common.edit}
                </Button>
              </SpaceBetween>
            )
          }
        >
          {title}
        </Header>
      }
    >
      {domain === undefined ? (
        <Empty title={text.none[kind]} />
      ) : (
        <Loading loaded={described}>{(found) => <DomainFacts kind={kind} described={found} />}</Loading>
      )}
      {open === "edit" && (
        <DomainDialog {...dialog} before={domain === undefined ? undefined : described.value} />
      )}
      {open === "delete" && domain !== undefined && <DeleteDomainDialog {...dialog} domain={domain} />}
    </Container>
  );
}

async function describeDomain(poolId: string, Domain: string): Promise<DomainDescriptionType> {
  const command = new DescribeUserPoolDomainCommand({ Domain });
  return (await inPool(poolId, (client) => client.send(command))).DomainDescription ?? {};
}

function DomainFacts({
  kind,
  described,
}: {
  readonly kind: DomainKind;
  readonly described: DomainDescriptionType;
}) {
  const text = useText().domains;
  const failoverText = useText().poolFeatures.failover;
  const { endpoint } = useSession().me;
  const { Domain = "", ManagedLoginVersion, CustomDomainConfig, Routing } = described;
  const secondary = Routing?.Failover?.SecondaryRegion;
  const certificate = CustomDomainConfig?.CertificateArn;
  return (
    <KeyValues
      columns={2}
      items={[
        { label: text.domain, value: <Copyable value={Domain} label={text.domain} /> },
        {
          label: text.address,
          value: <Copyable value={domainUrl(endpoint, kind, Domain)} label={text.address} />,
        },
        { label: text.version, value: text.versions[ManagedLoginVersion === 2 ? 2 : 1].label },
        ...(certificate === undefined
          ? []
          : [{ label: text.certificate, value: <span className="wrap-anywhere">{certificate}</span> }]),
        ...(secondary === undefined ? [] : [{ label: failoverText.title, value: secondary }]),
      ]}
    />
  );
}

interface DialogProps {
  readonly poolId: string;
  readonly kind: DomainKind;
  readonly onDismiss: () => void;
  readonly onChanged: () => void;
}

/** @param before the domain that is changed; undefined for a new one */
function DomainDialog({
  poolId,
  kind,
  before,
  onDismiss,
  onChanged,
}: DialogProps & { readonly before: DomainDescriptionType | undefined }) {
  const text = useText().domains;
  const common = useText().common;
  const failoverText = useText().poolFeatures.failover;
  const show = useFlash();
  const { pool } = usePool();
  const [name, setName] = useState(before?.Domain ?? "");
  const valuesOf = (domain: DomainDescriptionType | undefined) => ({
    version: domain?.ManagedLoginVersion ?? (pool.UserPoolTier === "LITE" ? 1 : 2),
    failover: failoverValuesOf(domain),
    certificate: domain?.CustomDomainConfig?.CertificateArn ?? "",
  });
  const { values, change, mergedWith } = useFormValues(
    () => valuesOf(before),
    { version: text.version, failover: failoverText.title, certificate: text.certificate },
    { whole: ["failover"] },
  );
  const { version, failover, certificate } = values;
  const isNameValid = kind === "prefix" ? isDomainPrefix(name) : isCustomDomain(name);
  const isCertificateValid = kind === "prefix" || isCertificateArn(certificate);
  return (
    <ActionDialog
      title={before === undefined ? text.create[kind] : common.editWhat(text.kinds[kind])}
      confirmLabel={before === undefined ? text.create[kind] : common.saveChanges}
      values={{ name, ...values }}
      isValid={isNameValid && isCertificateValid && isFailoverWhole(failover)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const settingsOf = (of: typeof values) => ({
          UserPoolId: poolId,
          Domain: name,
          ManagedLoginVersion: of.version,
          ...(kind === "custom" ? { CustomDomainConfig: { CertificateArn: of.certificate } } : {}),
          ...(of.failover.region === "" ? {} : { Routing: routingOf(of.failover) }),
        });
        if (before === undefined) {
          const command = new CreateUserPoolDomainCommand(settingsOf(values));
          await inPool(poolId, (client) => client.send(command));
        } else {
          // The operation takes all settings at once: what was not changed here stays as it is now.
          const merged = mergedWith(valuesOf(await describeDomain(poolId, name)));
          const command = new UpdateUserPoolDomainCommand(settingsOf(merged));
          await inPool(poolId, (client) => client.send(command));
        }
        show("success", before === undefined ? text.created(name) : text.saved(name));
        onChanged();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField
            label={text.names[kind]}
            constraintText={(isNameValid || (name === "" && !wasTried)) && text.rules[kind]}
            errorText={isNameValid || (name === "" && !wasTried) ? undefined : text.rules[kind]}
          >
            <Input
              value={name}
              disabled={before !== undefined}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setName(detail.value.trim().toLowerCase())}
            />
          </FormField>
          {kind === "custom" && (
            <FormField
              label={text.certificate}
              description={text.certificateHint}
              errorText={
                isCertificateValid || (certificate === "" && !wasTried) ? undefined : text.certificateFault
              }
            >
              <Input
                value={certificate}
                placeholder="arn:aws:acm:us-east-1:123456789012:certificate/id"
                autoComplete={false}
                spellcheck={false}
                onChange={({ detail }) => change({ certificate: detail.value.trim() })}
              />
            </FormField>
          )}
          {kind === "custom" && (
            <FailoverFields
              wasTried={wasTried}
              values={failover}
              onChange={(next) => change({ failover: next })}
            />
          )}
          <FormField label={text.version}>
            <RadioGroup
              value={String(version)}
              items={([2, 1] as const).map((value) => ({ value: String(value), ...text.versions[value] }))}
              onChange={({ detail }) => change({ version: Number(detail.value) })}
            />
          </FormField>
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}

function DeleteDomainDialog({
  poolId,
  kind,
  domain,
  onDismiss,
  onChanged,
}: DialogProps & { readonly domain: string }) {
  const text = useText().domains;
  const command = () => new DeleteUserPoolDomainCommand({ UserPoolId: poolId, Domain: domain });
  return (
    <DeleteDialog
      title={text.deleteWhat(text.kinds[kind])}
      question={text.deleteWarning}
      typed={domain}
      deleted={text.deleted(domain)}
      onDelete={() => inPool(poolId, (client) => client.send(command()))}
      onDismiss={onDismiss}
      onDeleted={onChanged}
    />
  );
}
