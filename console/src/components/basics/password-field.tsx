import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import { useText } from "../../i18n/text.tsx";
import { type PasswordPolicy, passwordFaults } from "../../rules/authentication/password.ts";
import { SecretInput } from "./secret-input.tsx";

interface Props {
  readonly label: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly policy: PasswordPolicy;
  readonly wasTried: boolean;
}

/** A new password, with each of the pool's rules ticked off while it is typed. */
export function NewPasswordField({ label, value, onChange, policy, wasTried }: Props) {
  const text = useText().passwordPolicy;
  const faults = passwordFaults(value, policy);
  const rules = [
    { fault: "tooShort", label: text.rules.minimumLength(policy.MinimumLength), applies: true },
    { fault: "uppercase", label: text.rules.uppercase, applies: policy.RequireUppercase },
    { fault: "lowercase", label: text.rules.lowercase, applies: policy.RequireLowercase },
    { fault: "number", label: text.rules.number, applies: policy.RequireNumbers },
    { fault: "symbol", label: text.rules.symbol, applies: policy.RequireSymbols },
  ] as const;
  const isWrong = faults.length > 0 && (wasTried || value !== "");
  const error = faults.includes("outerSpace")
    ? text.rules.noSpace
    : faults.includes("tooLong")
      ? text.rules.tooLong
      : text.rules.notMet;
  return (
    <FormField
      label={label}
      errorText={isWrong ? error : undefined}
      constraintText={
        <SpaceBetween size="xxs">
          {rules
            .filter(({ applies }) => applies)
            .map((rule) => (
              <div key={rule.fault}>
                <StatusIndicator type={faults.includes(rule.fault) ? "pending" : "success"}>
                  {rule.label}
                </StatusIndicator>
              </div>
            ))}
        </SpaceBetween>
      }
    >
      <SecretInput value={value} onChange={onChange} autoComplete="new-password" invalid={isWrong} />
    </FormField>
  );
}
