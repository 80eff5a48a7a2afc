import Button from "@cloudscape-design/components/button";
import FileDropzone from "@cloudscape-design/components/file-dropzone";
import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";

/** The largest file that the server accepts. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;

export const isUploadable = (file: File | undefined): file is File =>
  file !== undefined && file.size > 0 && file.size <= MAX_FILE_BYTES;

interface Props {
  readonly file: File | undefined;
  readonly wasTried: boolean;
  readonly onChange: (file: File | undefined) => void;
}

/** A CSV file: dropped here, or chosen. */
export function ImportFile({ file, wasTried, onChange }: Props) {
  const text = useText().imports;
  const isWrong = !isUploadable(file) && (wasTried || file !== undefined);
  return (
    <FormField label={text.file} description={text.fileHint} errorText={isWrong && text.fileFault}>
      <FileDropzone onChange={({ detail }) => onChange(detail.value[0])}>
        <SpaceBetween size="xs" alignItems="center">
          <span className="wrap-anywhere">{file ? text.chosen(file.name, file.size) : text.drop}</span>
          {file ? (
            <Button iconName="close" onClick={() => onChange(undefined)}>
              {text.removeFile}
            </Button>
          ) : (
            <FileInput value={[]} accept=".csv,text/csv" onChange={({ detail }) => onChange(detail.value[0])}>
              {text.choose}
            </FileInput>
          )}
        </SpaceBetween>
      </FileDropzone>
    </FormField>
  );
}
