import type { RiskConfigurationType } from "@aws-sdk/client-cognito-identity-provider";
import type { ReactNode } from "react";
import { changeRiskConfiguration } from "../../api/risk-configuration.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import type { RiskParts } from "../../rules/security/risk-configuration.ts";
import { ActionDialog } from "../basics/confirm.tsx";

/** A risk configuration that is shown, and whose it is. */
export interface RiskScope {
  readonly poolId: string;
  /** Undefined for the whole pool. */
  readonly clientId: string | undefined;
  readonly current: RiskConfigurationType;
  readonly onSaved: () => void;
}

interface Props {
  readonly scope: RiskScope;
  readonly title: string;
  /** The parts that the dialog changes, for the configuration as it is when they are saved. */
  readonly changes: (current: RiskConfigurationType) => RiskParts;
  /** Whether every field is valid. */
  readonly isValid?: boolean;
  /** What the person edits. */
  readonly values: object;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

/** A dialog that changes one part of a risk configuration and keeps the others. */
export function RiskDialog({ scope, title, changes, isValid = true, values, onDismiss, children }: Props) {
  const text = useText().threatProtection;
  const common = useText().common;
  const show = useFlash();
  return (
    <ActionDialog
      title={title}
      size="large"
      confirmLabel={common.saveChanges}
      isValid={isValid}
      values={values}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await changeRiskConfiguration(scope, changes);
        show("success", text.saved);
        scope.onSaved();
      }}
    >
      {children}
    </ActionDialog>
  );
}
