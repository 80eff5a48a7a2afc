import {
  AddCustomAttributesCommand,
  type SchemaAttributeType,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { CustomAttributeFields } from "../../components/authentication/custom-attribute.tsx";
import { ActionDialog, Warning } from "../../components/basics/confirm.tsx";
import { Empty } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { AttributeVerification } from "../../components/pools/pool-choices.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  customAttributeFaults,
  emptyCustomAttribute,
  schemaEntryOf,
} from "../../rules/authentication/custom-attributes.ts";
import { poolUpdate } from "../../rules/pools/update-user-pool.ts";

export default function SignUpSettings({ poolId }: { readonly poolId: string }) {
  const { pool, reload } = usePool();
  const text = useText().signUpSettings;
  const navigation = useText().navigation;
  const common = useText().common;
  const [open, setOpen] = useState<"attribute" | "selfRegistration">();
  const schema = pool.SchemaAttributes ?? [];
  const required = schema.filter(({ Name, Required }) => Required && Name !== "sub");
  const custom = schema.filter(({ Name = "" }) => Name.includes(":"));
  const isOpen = !pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly;

  return (
    <ContentLayout header={<PageHeader title={navigation.signUp} description={text.pageDescription} />}>
      <SpaceBetween size="l">
        <AttributeVerification />
        <Container header={<Header description={text.requiredHint}>{text.required}</Header>}>
          {required.length === 0 ? text.noneRequired : required.map(({ Name }) => Name).join(common.comma)}
        </Container>
        <Table
          items={custom}
          trackBy="Name"
          enableKeyboardNavigation
          ariaLabels={{ tableLabel: text.custom }}
          header={
            <Header
              counter={`(${custom.length})`}
              description={text.customHint}
              actions={<Button onClick={() => setOpen("attribute")}>{text.addCustom}</Button>}
            >
              {text.custom}
            </Header>
          }
          columnDefinitions={[
            { id: "name", header: text.name, isRowHeader: true, cell: ({ Name }) => Name },
            { id: "type", header: text.type, cell: ({ AttributeDataType }) => AttributeDataType },
            { id: "range", header: text.range, cell: rangeOf },
            {
              id: "mutable",
              header: text.mutable,
              cell: ({ Mutable }) => (Mutable === false ? common.no : common.yes),
            },
          ]}
          empty={<Empty title={text.noCustom} />}
        />
        <Container
          header={
            <Header
              description={text.selfRegistrationHint}
              actions={<Button onClick={() => setOpen("selfRegistration")}>{common.edit}</Button>}
            >
              {text.selfRegistration}
            </Header>
          }
        >
          <StatusIndicator type={isOpen ? "success" : "stopped"}>
            {isOpen ? common.enabled : common.disabled}
          </StatusIndicator>
        </Container>
      </SpaceBetween>
      {open === "attribute" && (
        <AddAttributeDialog poolId={poolId} onDismiss={() => setOpen(undefined)} onAdded={reload} />
      )}
      {open === "selfRegistration" && <SelfRegistrationDialog onDismiss={() => setOpen(undefined)} />}
    </ContentLayout>
  );
}

function rangeOf({ StringAttributeConstraints, NumberAttributeConstraints }: SchemaAttributeType): string {
  const { MinLength, MaxLength } = StringAttributeConstraints ?? {};
  const { MinValue, MaxValue } = NumberAttributeConstraints ?? {};
  const least = MinLength ?? MinValue;
  const most = MaxLength ?? MaxValue;
  return least === undefined && most === undefined ? "–" : `${least ?? ""}–${most ?? ""}`;
}

function AddAttributeDialog({
  poolId,
  onDismiss,
  onAdded,
}: {
  readonly poolId: string;
  readonly onDismiss: () => void;
  readonly onAdded: () => void;
}) {
  const text = useText().signUpSettings;
  const show = useFlash();
  const [attribute, setAttribute] = useState(emptyCustomAttribute);
  const { pool } = usePool();
  const otherNames = (pool.SchemaAttributes ?? []).flatMap(({ Name = "" }) =>
    Name.startsWith("custom:") ? [Name.slice("custom:".length)] : [],
  );
  const faults = customAttributeFaults(attribute, otherNames);
  return (
    <ActionDialog
      title={text.addCustom}
      confirmLabel={text.add}
      values={attribute}
      isValid={!Object.values(faults).includes(true)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(
            new AddCustomAttributesCommand({
              UserPoolId: poolId,
              CustomAttributes: [schemaEntryOf(attribute)],
            }),
          ),
        );
        show("success", text.added(attribute.name));
        onAdded();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <Warning>{text.permanent}</Warning>
          <CustomAttributeFields
            attribute={attribute}
            otherNames={otherNames}
            onChange={setAttribute}
            wasTried={wasTried}
          />
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}

const selfRegistrationOf = ({ AdminCreateUserConfig }: UserPoolType) => ({
  isOpen: !AdminCreateUserConfig?.AllowAdminCreateUserOnly,
});

function SelfRegistrationDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool, reload } = usePool();
  const text = useText().signUpSettings;
  const common = useText().common;
  const show = useFlash();
  const { values, setValues, mergedWith } = useFormValues(() => selfRegistrationOf(pool), {
    isOpen: text.enableSelfRegistration,
  });
  return (
    <ActionDialog
      title={text.selfRegistration}
      confirmLabel={common.saveChanges}
      isValid
      values={values}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await updatePool(pool.Id ?? "", (current) => ({
          AdminCreateUserConfig: {
            ...poolUpdate(current, {}).AdminCreateUserConfig,
            AllowAdminCreateUserOnly: !mergedWith(selfRegistrationOf(current)).isOpen,
          },
        }));
        show("success", text.saved);
        reload();
      }}
    >
      <Checkbox
        checked={values.isOpen}
        description={text.selfRegistrationHint}
        onChange={({ detail }) => setValues({ isOpen: detail.checked })}
      >
        {text.enableSelfRegistration}
      </Checkbox>
    </ActionDialog>
  );
}
