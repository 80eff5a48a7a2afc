import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useText } from "../../i18n/text.tsx";
import { isReturnUrl } from "../../rules/app-clients/login-pages.ts";
import { Optional } from "../basics/optional.tsx";

interface Props {
  readonly url: string;
  readonly onChange: (url: string) => void;
}

/** The return URL of a new app client, with which it can use the login pages at once. */
export function ReturnUrlField({ url, onChange }: Props) {
  const text = useText().clientFeatures.loginPages;
  return (
    <FormField
      label={<Optional label={text.returnUrl} />}
      description={text.returnUrlHint}
      errorText={url === "" || isReturnUrl(url) ? undefined : text.urlFault}
    >
      <Input
        value={url}
        placeholder="http://localhost:3000/callback"
        autoComplete={false}
        spellcheck={false}
        onChange={({ detail }) => onChange(detail.value.trim())}
      />
    </FormField>
  );
}
