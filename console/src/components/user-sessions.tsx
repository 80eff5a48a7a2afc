import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { listUserSessions, revokeUserSession, type UserSession } from "../api/control.ts";
import { useLoad } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { paths } from "../app/paths.ts";
import { useText } from "../i18n/text.tsx";
import { ActionDialog } from "./confirm.tsx";
import { Empty } from "./loading.tsx";
import { ProblemAlert } from "./problem.tsx";
import { Time } from "./time.tsx";

interface Props {
  readonly poolId: string;
  readonly sub: string;
}

/** The sign-ins of a user that can still be refreshed, each to be ended by itself. */
export function UserSessions({ poolId, sub }: Props) {
  const text = useText().user;
  const common = useText().common;
  const show = useFlash();
  const loaded = useLoad(["sessions", poolId, sub], () => listUserSessions(poolId, sub));
  const [ending, setEnding] = useState<UserSession>();
  const sessions = loaded.value?.sessions ?? [];
  return (
    <>
      <Table
        items={sessions}
        trackBy="originJti"
        enableKeyboardNavigation
        loading={loaded.isLoading}
        loadingText={common.loading}
        ariaLabels={{ tableLabel: text.sessions }}
        header={
          <Header
            counter={`(${common.number(sessions.length)}${loaded.value?.isComplete === false ? "+" : ""})`}
            description={text.sessionsDescription}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={loaded.reload} />
              </SpaceBetween>
            }
          >
            {text.sessions}
          </Header>
        }
        columnDefinitions={[
          {
            id: "since",
            header: text.signedInAt,
            isRowHeader: true,
            cell: ({ authenticatedAt }) => <Time at={authenticatedAt} />,
          },
          {
            id: "client",
            header: text.appClient,
            cell: ({ clientId }) => <Link href={paths.appClient(poolId, clientId)}>{clientId}</Link>,
          },
          {
            id: "until",
            header: text.refreshableUntil,
            cell: ({ refreshExpiresAt }) => <Time at={refreshExpiresAt} />,
          },
          {
            id: "end",
            header: common.actions,
            cell: (session) => (
              <Button variant="inline-link" onClick={() => setEnding(session)}>
                {text.endSession}
              </Button>
            ),
          },
        ]}
        empty={
          loaded.error === undefined ? (
            <Empty title={text.noSessions} />
          ) : (
            <ProblemAlert error={loaded.error} onRetry={loaded.reload} />
          )
        }
      />
      {ending && (
        <ActionDialog
          title={text.endSession}
          confirmLabel={text.endSession}
          onDismiss={() => setEnding(undefined)}
          onConfirm={async () => {
            await revokeUserSession(poolId, sub, ending.originJti);
            show("success", text.sessionEnded);
            loaded.reload();
          }}
        >
          {text.endSessionQuestion}
        </ActionDialog>
      )}
    </>
  );
}
