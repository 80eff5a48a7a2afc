import {
  type AdminGetUserCommandOutput,
  AdminSetUserMFAPreferenceCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useMfaConfig } from "../../api/described.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { userLabel } from "../../rules/users/user-label.ts";
import { type UserFactor, userFactorFault, userFactors } from "../../rules/users/user-mfa.ts";
import { Choices } from "../basics/choices.tsx";
import { ActionDialog } from "../basics/confirm.tsx";

interface Props {
  readonly user: AdminGetUserCommandOutput;
  readonly onDismiss: () => void;
  readonly onDone: () => void;
}

/** Which second factors are active for a user, and which comes first. */
export function UserMfaDialog({ user, onDismiss, onDone }: Props) {
  const { pool } = usePool();
  const text = useText().userMfa;
  const common = useText().common;
  const show = useFlash();
  const [active, setActive] = useState<readonly UserFactor[]>(() =>
    userFactors.filter((factor) => user.UserMFASettingList?.includes(factor)),
  );
  const [preferred, setPreferred] = useState(user.PreferredMfaSetting ?? "");
  const { value: config } = useMfaConfig(pool.Id ?? "");
  const faultOf = (factor: UserFactor) =>
    user.UserMFASettingList?.includes(factor)
      ? undefined
      : userFactorFault(factor, user.UserAttributes ?? [], config);
  const [fault] = active.flatMap((factor) => faultOf(factor) ?? []);
  const setting = (factor: UserFactor) => ({
    Enabled: active.includes(factor),
    PreferredMfa: active.includes(factor) && preferred === factor,
  });
  return (
    <ActionDialog
      title={text.edit}
      confirmLabel={common.saveChanges}
      values={{ active, preferred }}
      isValid={fault === undefined}
      onDismiss={onDismiss}
      onConfirm={async () => {
        // Leave out a factor that is inactive before and after: the server refuses factors that the user has not set up.
        const touched = (factor: UserFactor) =>
          active.includes(factor) || user.UserMFASettingList?.includes(factor) === true;
        await inPool(pool.Id ?? "", (client) =>
          client.send(
            new AdminSetUserMFAPreferenceCommand({
              UserPoolId: pool.Id,
              Username: user.Username,
              ...(touched("SMS_MFA") && { SMSMfaSettings: setting("SMS_MFA") }),
              ...(touched("SOFTWARE_TOKEN_MFA") && {
                SoftwareTokenMfaSettings: setting("SOFTWARE_TOKEN_MFA"),
              }),
              ...(touched("EMAIL_OTP") && { EmailMfaSettings: setting("EMAIL_OTP") }),
            }),
          ),
        );
        show("success", text.saved(userLabel(pool, user)));
        onDone();
      }}
    >
      <FormField label={text.active} description={text.activeHint} errorText={fault && text.faults[fault]}>
        <Choices
          values={userFactors}
          chosen={active}
          nameOf={(factor) => text.factors[factor]}
          onChange={setActive}
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
            onChange={({ detail }) => setPreferred(detail.value)}
          />
        </FormField>
      )}
    </ActionDialog>
  );
}
