import Button from "@cloudscape-design/components/button";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";

interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The kind of secret, for password managers. */
  readonly autoComplete?: "current-password" | "new-password" | "off";
  readonly invalid?: boolean;
  readonly autoFocus?: boolean;
}

/** A masked field with a button that shows its text. */
export function SecretInput({
  value,
  onChange,
  autoComplete = "off",
  invalid = false,
  autoFocus = false,
}: Props) {
  const text = useText().common;
  const [isShown, setShown] = useState(false);
  return (
    <div className="secret-input">
      <Input
        type={isShown ? "text" : "password"}
        value={value}
        invalid={invalid}
        autoFocus={autoFocus}
        onChange={({ detail }) => onChange(detail.value)}
        autoComplete={autoComplete}
        spellcheck={false}
      />
      <Button
        formAction="none"
        iconName={isShown ? "view-full" : "lock-private"}
        ariaLabel={isShown ? text.hideSecret : text.showSecret}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? text.hide : text.show}
      </Button>
    </div>
  );
}
