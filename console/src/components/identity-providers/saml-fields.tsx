import Checkbox from "@cloudscape-design/components/checkbox";
import FileUpload from "@cloudscape-design/components/file-upload";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";
import {
  describeMetadata,
  type SamlValues,
  samlFaults,
  samlSettings,
} from "../../rules/identity-providers/saml-provider.ts";
import { KeyValues } from "../basics/key-values.tsx";

interface Props {
  readonly values: SamlValues;
  readonly onChange: (values: SamlValues) => void;
  readonly wasTried: boolean;
}

/** The fields of a SAML provider beside its name: its metadata, and how the two sides talk. */
export function SamlFields({ values, onChange, wasTried }: Props) {
  const text = useText().saml;
  const change = (changes: Partial<SamlValues>) => onChange({ ...values, ...changes });
  return (
    <SpaceBetween size="l">
      <FormField label={text.metadata} description={text.metadataHint}>
        <RadioGroup
          value={values.source}
          items={[
            { value: "file", label: text.file },
            { value: "url", label: text.url, description: text.urlHint },
          ]}
          onChange={({ detail }) => change({ source: detail.value === "url" ? "url" : "file" })}
        />
      </FormField>
      {values.source === "file" ? (
        <MetadataFile values={values} onChange={change} wasTried={wasTried} />
      ) : (
        <FormField
          label={text.url}
          errorText={samlFaults(values).metadataUrl && wasTried ? text.urlFault : undefined}
        >
          <Input
            value={values.metadataUrl}
            type="url"
            placeholder="https://idp.example.com/metadata"
            autoComplete={false}
            onChange={({ detail }) => change({ metadataUrl: detail.value })}
          />
        </FormField>
      )}
      <FormField label={text.settings}>
        <SpaceBetween size="xs">
          {samlSettings.map((name) => (
            <Checkbox
              key={name}
              checked={values[name]}
              description={text[`${name}Hint`]}
              onChange={({ detail }) => change({ [name]: detail.checked })}
            >
              {text[name]}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
    </SpaceBetween>
  );
}

interface FileProps {
  readonly values: SamlValues;
  readonly onChange: (changes: Partial<SamlValues>) => void;
  readonly wasTried: boolean;
}

function MetadataFile({ values, onChange, wasTried }: FileProps) {
  const text = useText().saml;
  const [files, setFiles] = useState<File[]>([]);
  const summary = describeMetadata(values.metadataFile);
  const isWrong = samlFaults(values).metadataFile && (wasTried || values.metadataFile !== "");
  return (
    <SpaceBetween size="s">
      <FormField label={text.file} errorText={isWrong ? text.fileFault : undefined}>
        <FileUpload
          value={files}
          accept=".xml,application/xml,text/xml"
          showFileSize
          constraintText={text.fileRule}
          onChange={async ({ detail }) => {
            setFiles(detail.value);
            onChange({ metadataFile: (await detail.value[0]?.text()) ?? "" });
          }}
          i18nStrings={{
            uploadButtonText: () => text.chooseFile,
            dropzoneText: () => text.dropFile,
            removeFileAriaLabel: () => text.removeFile,
            limitShowFewer: "",
            limitShowMore: "",
            errorIconAriaLabel: text.error,
          }}
        />
      </FormField>
      {summary && (
        <KeyValues
          columns={2}
          items={[
            {
              label: text.providerEntityId,
              value: <span className="wrap-anywhere">{summary.entityId}</span>,
            },
            { label: text.certificates, value: String(summary.certificates) },
            {
              label: text.signInUrl,
              value: <span className="wrap-anywhere">{summary.signInUrl ?? "–"}</span>,
            },
            {
              label: text.signOutUrl,
              value: <span className="wrap-anywhere">{summary.signOutUrl ?? "–"}</span>,
            },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
