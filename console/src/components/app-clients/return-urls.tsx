import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useText } from "../../i18n/text.tsx";
import { isReturnUrl } from "../../rules/app-clients/login-pages.ts";

/** @see API Reference, "CreateUserPoolClient", CallbackURLs, LogoutURLs */
const MAX_URLS = 100;

interface Props {
  readonly title: string;
  /** Of one of them. */
  readonly label: string;
  readonly addLabel: string;
  readonly urls: readonly string[];
  readonly onChange: (urls: readonly string[]) => void;
}

/** Addresses that the login pages may send users to. */
export function ReturnUrls({ title, label, addLabel, urls, onChange }: Props) {
  const text = useText().clientFeatures.loginPages;
  return (
    <FormField label={title} stretch>
      <div className="unlabelled-rows">
        <AttributeEditor
          items={urls}
          addButtonText={addLabel}
          removeButtonText={text.remove}
          removeButtonAriaLabel={text.removeWhat}
          disableAddButton={urls.length >= MAX_URLS}
          empty={text.none}
          onAddButtonClick={() => onChange([...urls, ""])}
          onRemoveButtonClick={({ detail }) =>
            onChange(urls.filter((_url, index) => index !== detail.itemIndex))
          }
          definition={[
            {
              control: (url, index) => (
                <Input
                  ariaLabel={label}
                  value={url}
                  placeholder="https://app.example.com/callback"
                  autoComplete={false}
                  spellcheck={false}
                  onChange={({ detail }) =>
                    onChange(urls.map((other, at) => (at === index ? detail.value.trim() : other)))
                  }
                />
              ),
              errorText: (url) => (url === "" || isReturnUrl(url) ? undefined : text.urlFault),
            },
          ]}
        />
      </div>
    </FormField>
  );
}
