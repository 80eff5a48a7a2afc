import type { PasswordHashingAlgorithmType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { regionOf } from "../../api/aws.ts";
import { createJob, startJob, upload, uploadUrlOf } from "../../api/imports.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { importRole } from "../../rules/iam/service-roles.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { ServiceRoleFields, useServiceRole } from "../iam/service-role.tsx";
import { ImportFile, isUploadable } from "./import-file.tsx";

interface Props {
  readonly poolId: string;
  /** Called when a job was made, also if its upload failed. */
  readonly onChanged: () => void;
  readonly onDismiss: () => void;
}

const NAME = /^[\w\s+=,.@-]{1,128}$/;

/** Makes a job, uploads its file and starts it. */
export function CreateImportJob({ poolId, onChanged, onDismiss }: Props) {
  const text = useText().imports;
  const { me } = useSession();
  const show = useFlash();
  const [name, setName] = useState("import");
  const role = useServiceRole("Cognito-UserImport");
  const [algorithm, setAlgorithm] = useState<PasswordHashingAlgorithmType>();
  const [file, setFile] = useState<File>();
  const [starts, setStarts] = useState(true);
  const [sent, setSent] = useState<number>();
  /** Of an attempt whose upload failed: the next one is for the same job. */
  const made = useRef<string>(undefined);
  const options = Object.entries(text.algorithms).map(([value, label]) => ({ value, label }));
  const isNameRight = NAME.test(name.trim());
  return (
    <ActionDialog
      title={text.create}
      confirmLabel={starts ? text.createAndStart : text.createJob}
      values={{ name, role: role.changes, algorithm, file, starts }}
      isValid={isNameRight && role.isValid && isUploadable(file)}
      isLoading={role.isLoading}
      onDismiss={onDismiss}
      onConfirm={async () => {
        if (!isUploadable(file)) return;
        if (made.current === undefined) {
          const roleArn = await role.arnOf(importRole(regionOf(poolId), me.accountId));
          const job = await createJob(poolId, { name: name.trim(), roleArn, algorithm });
          made.current = job.JobId ?? "";
          onChanged();
        }
        setSent(0);
        await upload(await uploadUrlOf(poolId, made.current), file, setSent).finally(() =>
          setSent(undefined),
        );
        if (starts) await startJob(poolId, made.current);
        show("success", starts ? text.started(name) : text.created(name));
        onChanged();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <ImportFile wasTried={wasTried} file={file} onChange={setFile} />
          <FormField label={text.name} description={text.nameHint} errorText={!isNameRight && text.nameFault}>
            <Input value={name} autoComplete={false} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField label={text.algorithm} description={text.algorithmHint}>
            <Select
              options={options}
              selectedOption={options.find(({ value }) => value === (algorithm ?? "none")) ?? null}
              onChange={({ detail }) =>
                setAlgorithm(
                  detail.selectedOption.value === "none"
                    ? undefined
                    : (detail.selectedOption.value as PasswordHashingAlgorithmType),
                )
              }
            />
          </FormField>
          <ServiceRoleFields role={role} label={text.role} hint={text.roleHint} wasTried={wasTried} />
          <Checkbox checked={starts} onChange={({ detail }) => setStarts(detail.checked)}>
            {text.startNow}
          </Checkbox>
          {sent !== undefined && <ProgressBar label={text.uploading} value={sent * 100} />}
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}

/** Uploads another file for a job that was not started. */
export function UploadImportFile({
  poolId,
  jobId,
  name,
  onChanged,
  onDismiss,
}: Props & { readonly jobId: string; readonly name: string }) {
  const text = useText().imports;
  const show = useFlash();
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  return (
    <ActionDialog
      title={text.uploadWhat(name)}
      confirmLabel={text.upload}
      values={{ file }}
      isValid={isUploadable(file)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        if (!isUploadable(file)) return;
        setSent(0);
        await upload(await uploadUrlOf(poolId, jobId), file, setSent).finally(() => setSent(undefined));
        await startJob(poolId, jobId);
        show("success", text.started(name));
        onChanged();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <ImportFile wasTried={wasTried} file={file} onChange={setFile} />
          {sent !== undefined && <ProgressBar label={text.uploading} value={sent * 100} />}
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
