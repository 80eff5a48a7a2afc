import type { Policy } from "@aws-sdk/client-iam";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import { iamPolicies } from "../../api/iam.ts";
import { useLoad } from "../../api/load.ts";
import { allPages } from "../../api/pages.ts";
import { useText } from "../../i18n/text.tsx";
import { Loading } from "../basics/loading.tsx";

interface Props {
  readonly chosen: readonly string[];
  readonly onChange: (policyArns: readonly string[]) => void;
  readonly errorText?: string | undefined;
  /** Those that are there already. */
  readonly except?: readonly string[];
}

/** Managed policies to attach, AWS's and the account's own. */
export function PolicyChoice({ chosen, onChange, errorText, except = [] }: Props) {
  const text = useText().iam;
  const loaded = useLoad(["iamPolicies"], () => allPages(iamPolicies));
  return (
    <Loading loaded={loaded}>
      {(policies) => {
        const options = policies.filter(({ Arn = "" }) => !except.includes(Arn)).map(optionOf);
        return (
          <FormField label={text.policies} description={text.policiesHint} errorText={errorText}>
            <Multiselect
              options={options}
              selectedOptions={options.filter(({ value }) => chosen.includes(value))}
              placeholder={text.choosePolicies}
              filteringType="auto"
              onChange={({ detail }) => onChange(detail.selectedOptions.map(({ value = "" }) => value))}
            />
          </FormField>
        );
      }}
    </Loading>
  );
}

function optionOf({ Arn = "", PolicyName = "", Description }: Policy) {
  return {
    value: Arn,
    label: PolicyName,
    ...(Description === undefined ? {} : { description: Description }),
  };
}
