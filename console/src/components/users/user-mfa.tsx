import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminSetUserMFAPreferenceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { inPool } from "../../api/aws.ts";
import { useMfaConfig } from "../../api/described.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { type UserFactor, userFactorFault, userFactors } from "../../rules/users/user-mfa.ts";
import { Choices } from "../basics/choices.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { useFormValues } from "../basics/use-form-values.ts";

interface Props {
  readonly user: AdminGetUserCommandOutput;
  readonly onDismiss: () => void;
  readonly onDone: () => void;
}

interface UserMfaValues {
  readonly active: readonly UserFactor[];
  /** Empty for none. */
  readonly preferred: string;
}

function mfaValuesOf(user: AdminGetUserCommandOutput): UserMfaValues {
  return {
    active: userFactors.filter((factor) => user.UserMFASettingList?.includes(factor)),
    preferred: user.PreferredMfaSetting ?? "",
  };
}

/** Which second factors are active for a user, and which comes first. */
export function UserMfaDialog({ user, onDismiss, onDone }: Props) {
  const { pool } = usePool();
  const text = useText().userMfa;
  const common = useText().common;
  const show = useFlash();
  const { values, change, mergedWith } = useFormValues(() => mfaValuesOf(user), {
    active: text.active,
    preferred: text.preferred,
  });
  const { active, preferred } = values;
  const { value: config } = useMfaConfig(pool.Id ?? "");
  const faultOf = (factor: UserFactor) =>
    user.UserMFASettingList?.includes(factor)
      ? undefined
      : userFactorFault(factor, user.UserAttributes ?? [], config);
  const [fault] = active.flatMap((factor) => faultOf(factor) ?? []);
  return (
    <ActionDialog
      title={text.edit}
      confirmLabel={common.saveChanges}
      values={values}
      isValid={fault === undefined}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const ids = { UserPoolId: pool.Id, Username: user.Username };
        await inPool(pool.Id ?? "", async (client) => {
          const now = mfaValuesOf(await client.send(new AdminGetUserCommand(ids)));
          const merged = mergedWith(now);
          // Leave out a factor that is inactive before and after: the server refuses factors that the user has not set up.
          const touched = (factor: UserFactor) =>
            merged.active.includes(factor) || now.active.includes(factor);
          const setting = (factor: UserFactor) => ({
            Enabled: merged.active.includes(factor),
            PreferredMfa: merged.active.includes(factor) && merged.preferred === factor,
          });
          await client.send(
            new AdminSetUserMFAPreferenceCommand({
              ...ids,
              ...(touched("SMS_MFA") && { SMSMfaSettings: setting("SMS_MFA") }),
              ...(touched("SOFTWARE_TOKEN_MFA") && {
                SoftwareTokenMfaSettings: setting("SOFTWARE_TOKEN_MFA"),
              }),
              ...(touched("EMAIL_OTP") && { EmailMfaSettings: setting("EMAIL_OTP") }),
            }),
          );
        });
        show("success", text.saved(userLabel(pool, user)));
        onDone();
      }}
    >
      <FormField label={text.active} description={text.activeHint} errorText={fault && text.faults[fault]}>
        <Choices
          values={userFactors}
          chosen={active}
          nameOf={(factor) => text.factors[factor]}
          onChange={(chosen) => change({ active: chosen })}
        />
      </FormField>
      {active.length > 0 && (
        <FormField label={text.preferred}>
          <RadioGroup
            value={active.some((factor) => factor === preferred) ? preferred : ""}
            items={[
              { value: "", label: text.noPreference },
              ...active.map((factor) => ({ value: factor, label: text.factors[factor] })),
            ]}
            onChange={({ detail }) => change({ preferred: detail.value })}
          />
        </FormField>
      )}
    </ActionDialog>
  );
}
