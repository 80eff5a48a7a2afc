import { type LimitType, UpdateProvisionedLimitCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { inRegion } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { provisionedLimitsIn } from "../../api/pool-features.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePreferences } from "../../app/preferences.tsx";
import { useSession } from "../../app/session.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { useTitle } from "../../components/basics/page-header.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { LoadedTable } from "../../components/lists/loaded-table.tsx";
import { useText } from "../../i18n/text.tsx";
import { isWholeNumber } from "../../rules/names.ts";

/** This server lets an account provision so many times the free value; in AWS it is a quota of the account. */
const HIGHEST_MULTIPLE = 10;

const categoryOf = ({ LimitDefinition }: LimitType) => LimitDefinition?.Attributes?.Category ?? "";

/** How many requests a second are provisioned for all pools of a region. */
export default function ProvisionedLimits() {
  const { me } = useSession();
  const { region = me.region } = usePreferences();
  const text = useText().poolFeatures.limits;
  const common = useText().common;
  const [edited, setEdited] = useState<LimitType>();
  const loaded = useLoad(["limits", region], () => provisionedLimitsIn(region));
  useTitle(text.title);
  return (
    <>
      <LoadedTable
        loaded={loaded}
        variant="full-page"
        items={loaded.value ?? []}
        trackBy={categoryOf}
        enableKeyboardNavigation
        loading={loaded.isLoading && loaded.value === undefined}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={text.description(region)}
            actions={<Button iconName="refresh" ariaLabel={common.refresh} onClick={loaded.reload} />}
          >
            {text.title}
          </Header>
        }
        columnDefinitions={[
          { id: "category", header: text.category, isRowHeader: true, cell: categoryOf },
          {
            id: "provisioned",
            header: text.provisioned,
            cell: ({ ProvisionedLimitValue = 0 }) => common.number(ProvisionedLimitValue),
          },
          { id: "free", header: text.free, cell: ({ FreeLimitValue = 0 }) => common.number(FreeLimitValue) },
          {
            id: "actions",
            header: common.actions,
            cell: (limit) => (
              <Button
                variant="inline-link"
                ariaLabel={text.editWhat(categoryOf(limit))}
                onClick={() => setEdited(limit)}
              >
                {common.edit}
              </Button>
            ),
          },
        ]}
        none={null}
      />
      {edited && (
        <LimitDialog
          limit={edited}
          region={region}
          onDismiss={() => setEdited(undefined)}
          onSaved={loaded.reload}
        />
      )}
    </>
  );
}

interface DialogProps {
  readonly limit: LimitType;
  readonly region: string;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

const limitValues = ({ FreeLimitValue = 0, ProvisionedLimitValue = FreeLimitValue }: LimitType) => ({
  value: String(ProvisionedLimitValue),
});

function LimitDialog({ limit, region, onDismiss, onSaved }: DialogProps) {
  const text = useText().poolFeatures.limits;
  const common = useText().common;
  const show = useFlash();
  const { LimitDefinition, FreeLimitValue: free = 0 } = limit;
  const { values, setValues, mergedWith } = useFormValues(() => limitValues(limit), {
    value: text.value,
  });
  const { value } = values;
  const highest = free * HIGHEST_MULTIPLE;
  const isValid = isWholeNumber(value, free, highest);
  const hint = text.valueHint(free, highest);
  return (
    <ActionDialog
      title={text.editWhat(categoryOf(limit))}
      confirmLabel={common.saveChanges}
      values={values}
      isValid={isValid}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const now = (await provisionedLimitsIn(region)).find((one) => categoryOf(one) === categoryOf(limit));
        const RequestedLimitValue = Number(mergedWith(limitValues(now ?? limit)).value);
        await inRegion(region, (client) =>
          client.send(new UpdateProvisionedLimitCommand({ LimitDefinition, RequestedLimitValue })),
        );
        show("success", text.saved(categoryOf(limit)));
        onSaved();
      }}
    >
      <FormField label={text.value} constraintText={isValid && hint} errorText={isValid ? undefined : hint}>
        <Input
          value={value}
          inputMode="numeric"
          autoComplete={false}
          onChange={({ detail }) => setValues({ value: detail.value })}
        />
      </FormField>
    </ActionDialog>
  );
}
