import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useLoad } from "../../api/load.ts";
import { endSession, loadSessions, type Sessions, type UserId } from "../../api/user-sessions.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { ClientLink } from "../app-clients/client-link.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time, useTimeText } from "../basics/time.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";

/** A session of either kind. */
interface Row {
  readonly id: string;
  readonly clientId: string | undefined;
  readonly since: Date | number | undefined;
  readonly until?: number;
  readonly lastActive?: Date | undefined;
  readonly place?: string;
}

function rowsOf(loaded: Sessions): readonly Row[] {
  if (loaded.isTracked) {
    return loaded.sessions.map((session) => ({
      id: session.SessionId ?? "",
      clientId: session.ClientId,
      since: session.CreateDate,
      lastActive: session.LastActiveDate,
      place: [session.LastIPAddress, session.DeviceType].filter(Boolean).join(", "),
    }));
  }
  return loaded.sessions.map((session) => ({
    id: session.originJti,
    clientId: session.clientId,
    since: session.authenticatedAt,
    until: session.refreshExpiresAt,
  }));
}

/** The sessions of a user; each can be ended by itself. */
export function UserSessions({ user }: { readonly user: UserId }) {
  const text = useText().user;
  const common = useText().common;
  const show = useFlash();
  const loaded = useLoad(["sessions", user.poolId, user.sub], () => loadSessions(user));
  const [ending, setEnding] = useState<Row>();
  const timeText = useTimeText();
  const rows = loaded.value === undefined ? [] : rowsOf(loaded.value);
  const isTracked = loaded.value?.isTracked ?? false;
  const isCut = loaded.value?.isTracked === false && !loaded.value.isComplete;
  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={rows}
        trackBy="id"
        wrapLines
        enableKeyboardNavigation
        loading={loaded.isLoading}
        ariaLabels={{ tableLabel: text.sessions }}
        header={
          <Header
            {...(loaded.value && { counter: `(${common.number(rows.length)}${isCut ? "+" : ""})` })}
            description={isTracked ? text.sessionsTracked : text.sessionsDescription}
            actions={<Button iconName="refresh" ariaLabel={common.refresh} onClick={loaded.reload} />}
          >
            {text.sessions}
          </Header>
        }
        columnDefinitions={[
          {
            id: "since",
            header: text.signedInAt,
            minWidth: 140,
            isRowHeader: true,
            cell: ({ since }) => <Time at={since} />,
          },
          {
            id: "client",
            header: text.appClient,
            minWidth: 140,
            cell: ({ clientId }) =>
              clientId === undefined ? (
                text.pagesSession
              ) : (
                <ClientLink poolId={user.poolId} clientId={clientId} />
              ),
          },
          ...(isTracked
            ? [
                {
                  id: "active",
                  header: text.lastActive,
                  minWidth: 140,
                  cell: ({ lastActive }: Row) => <Time at={lastActive} />,
                },
                {
                  id: "place",
                  header: text.sessionPlace,
                  minWidth: 220,
                  cell: ({ place }: Row) => <span className="wrap-anywhere">{place || "–"}</span>,
                },
              ]
            : [
                {
                  id: "until",
                  header: text.refreshableUntil,
                  cell: ({ until }: Row) => <Time at={until} />,
                },
              ]),
          {
            id: "end",
            header: common.actions,
            minWidth: 160,
            cell: (session) => (
              <Button
                variant="inline-link"
                ariaLabel={`${text.endSession}: ${timeText(session.since)}`}
                onClick={() => setEnding(session)}
              >
                {text.endSession}
              </Button>
            ),
          },
        ]}
        none={<Empty title={text.noSessions} />}
      />
      {ending && (
        <ActionDialog
          title={text.endSession}
          confirmLabel={text.endSession}
          onDismiss={() => setEnding(undefined)}
          onConfirm={async () => {
            await endSession(user, ending.id, isTracked);
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
