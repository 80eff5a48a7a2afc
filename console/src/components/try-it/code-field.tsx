import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";

interface Props {
  /** Where the code went. */
  readonly description: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The field for a code that was sent. The inbox opens beside this page, which would lose the sign-in. */
export function CodeField({ description, value, onChange }: Props) {
  const text = useText().tryIt;
  const common = useText().common;
  const { me } = useSession();
  return (
    <FormField
      label={text.code}
      description={description}
      constraintText={
        description !== undefined &&
        me.hasInbox && (
          <Link href={paths.inbox} external externalIconAriaLabel={common.newTab} fontSize="body-s">
            {text.codeInInbox}
          </Link>
        )
      }
    >
      <Input
        value={value}
        inputMode="numeric"
        autoComplete="one-time-code"
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}
