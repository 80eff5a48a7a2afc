import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { PasswordPolicyFields } from "../../components/authentication/password-policy.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { useText } from "../../i18n/text.tsx";
import {
  policyFaults,
  policyParameters,
  policyValuesOf,
} from "../../rules/authentication/password-policy.ts";

export default function EditPasswordPolicy({ poolId }: { readonly poolId: string }) {
  const { pool, reload } = usePool();
  const text = useText().passwordPolicy;
  const common = useText().common;
  const show = useFlash();
  const { values, setValues, mergedWith } = useFormValues(
    () => policyValuesOf(pool.Policies?.PasswordPolicy),
    {
      mode: text.mode,
      policy: text.requirements,
      minimumLength: text.minimumLength,
      validityDays: text.validity,
      historySize: text.history,
    },
    {
      kinds: [{ field: "mode", off: "defaults", parts: ["policy", "minimumLength"] }],
      texts: { mode: (value) => (value === "custom" ? text.custom : text.defaults) },
    },
  );
  return (
    <FormPage
      title={text.edit}
      submitLabel={common.saveChanges}
      cancelHref={paths.authenticationMethods(poolId)}
      values={values}
      isValid={!Object.values(policyFaults(values)).includes(true)}
      onSubmit={async () => {
        await updatePool(poolId, ({ Policies }) => ({
          Policies: {
            ...Policies,
            PasswordPolicy: policyParameters(mergedWith(policyValuesOf(Policies?.PasswordPolicy))),
          },
        }));
        show("success", text.saved);
        reload();
        return paths.authenticationMethods(poolId);
      }}
    >
      {() => (
        <Container header={<Header>{text.title}</Header>}>
          <PasswordPolicyFields values={values} onChange={setValues} />
        </Container>
      )}
    </FormPage>
  );
}
