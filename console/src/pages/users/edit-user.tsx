import {
  AdminDeleteUserAttributesCommand,
  AdminUpdateUserAttributesCommand,
  type SchemaAttributeType,
} from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { inPool } from "../../api/aws.ts";
import { describeUser, useUser } from "../../api/described.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { useText } from "../../i18n/text.tsx";
import {
  type AttributeFault,
  type AttributeRecord,
  attributeChanges,
  attributeFault,
  attributeRecord,
  editableAttributes,
  isLocked,
  limitsOf,
} from "../../rules/users/attributes.ts";
import { userLabel } from "../../rules/users/user-label.ts";

interface Props {
  readonly poolId: string;
  readonly username: string;
}

export default function EditUser({ poolId, username }: Props) {
  const { pool } = usePool();
  const text = useText().editUser;
  return (
    <Loading loaded={useUser(poolId, username)} title={text.title}>
      {(user) => (
        <AttributesForm
          poolId={poolId}
          username={username}
          label={userLabel(pool, user)}
          attributes={attributeRecord(user)}
        />
      )}
    </Loading>
  );
}

/** Attributes with a tick that says whether they are verified. */
const verifiable = ["email", "phone_number"];

function AttributesForm({
  poolId,
  username,
  label,
  attributes,
}: Props & { readonly label: string; readonly attributes: AttributeRecord }) {
  const { pool } = usePool();
  const text = useText().editUser;
  const common = useText().common;
  const show = useFlash();
  const { values, change, before, mergedWith } = useFormValues(
    () => attributes,
    ([name = ""]) => name,
  );
  const schema = editableAttributes(pool.SchemaAttributes ?? []);

  // Check changed values only: stored ones may come from a migration with other rules.
  const faultOf = (attribute: SchemaAttributeType) => {
    const name = attribute.Name ?? "";
    const value = values[name] ?? "";
    if (value === (before[name] ?? "")) return undefined;
    return attributeFault(attribute, value);
  };
  const standard = schema.filter(({ Name = "" }) => !Name.includes(":"));
  const custom = schema.filter(({ Name = "" }) => Name.includes(":"));

  const errorOf = (fault: AttributeFault, attribute: SchemaAttributeType) => {
    if (fault !== "length" && fault !== "range") return text.faults[fault];
    const { least, most } = limitsOf(attribute);
    const shown = (limit: number | undefined) => (limit === undefined ? undefined : common.number(limit));
    return text.faults[fault](shown(least), shown(most));
  };

  const field = (attribute: SchemaAttributeType) => {
    const { Name: name = "" } = attribute;
    const fault = faultOf(attribute);
    const locked = isLocked(attribute, before[name]);
    return (
      <SpaceBetween size="xs" key={name}>
        <FormField
          label={name}
          description={locked ? text.locked : undefined}
          errorText={fault && errorOf(fault, attribute)}
        >
          <Input
            value={values[name] ?? ""}
            disabled={locked}
            autoComplete={false}
            onChange={({ detail }) => change({ [name]: detail.value })}
          />
        </FormField>
        {verifiable.includes(name) && (
          <Checkbox
            checked={values[`${name}_verified`] === "true"}
            disabled={(values[name] ?? "") === ""}
            onChange={({ detail }) => change({ [`${name}_verified`]: String(detail.checked) })}
          >
            {name === "email" ? text.emailVerified : text.phoneVerified}
          </Checkbox>
        )}
      </SpaceBetween>
    );
  };

  return (
    <FormPage
      title={text.title}
      description={label}
      submitLabel={common.saveChanges}
      cancelHref={paths.user(poolId, username)}
      values={attributeChanges(before, values)}
      isValid={schema.every((attribute) => faultOf(attribute) === undefined)}
      onSubmit={async () => {
        const now = attributeRecord(await describeUser(poolId, username));
        const { toSet, toDelete } = attributeChanges(now, mergedWith(now));
        const user = { UserPoolId: poolId, Username: username };
        await inPool(poolId, async (client) => {
          if (toSet.length > 0)
            await client.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes: [...toSet] }));
          if (toDelete.length > 0)
            await client.send(
              new AdminDeleteUserAttributesCommand({ ...user, UserAttributeNames: [...toDelete] }),
            );
        });
        show("success", text.saved(label));
        return paths.user(poolId, username);
      }}
    >
      {() => (
        <SpaceBetween size="l">
          <Container header={<Header description={text.standardDescription}>{text.standard}</Header>}>
            <ColumnLayout columns={2}>{standard.map(field)}</ColumnLayout>
          </Container>
          {custom.length > 0 && (
            <Container header={<Header>{text.custom}</Header>}>
              <ColumnLayout columns={2}>{custom.map(field)}</ColumnLayout>
            </Container>
          )}
        </SpaceBetween>
      )}
    </FormPage>
  );
}
