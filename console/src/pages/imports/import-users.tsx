import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { csvHeader, getUserImports } from "../../api/imports.ts";
import { useAction, useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { BulkImports } from "../../components/imports/bulk-imports.tsx";
import { CreateImportJob } from "../../components/imports/import-job-form.tsx";
import { ImportJobs, useImportJobs } from "../../components/imports/import-jobs.tsx";
import { download } from "../../download.ts";
import { useText } from "../../i18n/text.tsx";

const REFRESH_MILLISECONDS = 1500;

export default function ImportUsers({ poolId }: { readonly poolId: string }) {
  const text = useText().imports;
  const verification = useText().attributeVerification;
  const common = useText().common;
  const { pool } = usePool();
  const show = useFlash();
  const [isCreating, setCreating] = useState(false);
  const saving = useAction();
  const jobs = useImportJobs(poolId);
  const imports = useLoad(["userImports", poolId], () => getUserImports(poolId), REFRESH_MILLISECONDS);
  const saveHeader = () =>
    saving.run(() =>
      csvHeader(poolId).then(
        (columns) => download(`${poolId}-header.csv`, `${columns.join()}\r\n`, "text/csv"),
        (error) => show("error", String(error)),
      ),
    );
  return (
    <ContentLayout
      header={
        <PageHeader
          title={text.title}
          description={text.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button iconName="download" loading={saving.isRunning} onClick={() => void saveHeader()}>
                {text.downloadHeader}
              </Button>
              <Button variant="primary" onClick={() => setCreating(true)}>
                {text.create}
              </Button>
            </SpaceBetween>
          }
        />
      }
    >
      <SpaceBetween size="l">
        {pool.AutoVerifiedAttributes?.length ? null : (
          <Alert type="info" action={<Button href={paths.signUp(poolId)}>{verification.title}</Button>}>
            {text.needsVerification}
          </Alert>
        )}
        <ImportJobs poolId={poolId} list={jobs} />
        <BulkImports poolId={poolId} loaded={imports} />
        <Container header={<Header description={text.srpHint}>{text.srpTitle}</Header>}>
          <Loading loaded={imports}>
            {({ importedPasswords }) => (
              <KeyValues
                columns={1}
                items={[
                  {
                    label: text.srpLabel,
                    value: (
                      <Box variant="awsui-value-large">
                        <span data-testid="imported-passwords">{common.number(importedPasswords)}</span>
                      </Box>
                    ),
                  },
                ]}
              />
            )}
          </Loading>
        </Container>
      </SpaceBetween>
      {isCreating && (
        <CreateImportJob poolId={poolId} onChanged={jobs.reload} onDismiss={() => setCreating(false)} />
      )}
    </ContentLayout>
  );
}
