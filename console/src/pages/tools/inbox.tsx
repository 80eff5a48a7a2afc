import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { deleteAllMessages, deleteMessage, type InboxMessage, listInbox } from "../../api/control.ts";
import { useAction } from "../../api/load.ts";
import { filteredPages, type LoadPage, usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { InfoLink } from "../../app/help.tsx";
import { useListAddress } from "../../app/list-address.ts";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { Code } from "../../components/basics/code.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Empty } from "../../components/basics/loading.tsx";
import { OpenLink } from "../../components/basics/open-link.tsx";
import { useTitle } from "../../components/basics/page-header.tsx";
import { PreviewFrame } from "../../components/basics/preview-frame.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { Time } from "../../components/basics/time.tsx";
import { PagedTable } from "../../components/lists/paged-table.tsx";
import { Unavailable } from "../../components/tools/unavailable.tsx";
import { useText } from "../../i18n/text.tsx";
import { emailDocument } from "../../rules/messages/message-preview.ts";

/** How often the first page is loaded again while it is visible. */
const REFRESH_MILLISECONDS = 5000;

const loadMessages: LoadPage<InboxMessage> = async (limit, token) => {
  const { messages, next } = await listInbox(limit, token);
  return { items: messages, next };
};

const textOf = ({ subject = "", body, destination, username, purpose }: InboxMessage) =>
  [subject, body, destination, username, purpose].join("\n").toLowerCase();

export default function Inbox() {
  const { me } = useSession();
  const { title, devOnly, areSent } = useText().inbox;
  if (me.hasInbox) return <KeptMessages />;
  return <Unavailable title={title}>{me.mode === "dev" ? areSent : devOnly}</Unavailable>;
}

function KeptMessages() {
  const text = useText().inbox;
  const common = useText().common;
  const show = useFlash();
  const { values, position, change } = useListAddress({});
  const [pageSize, setPageSize] = useState(20);
  const [open, setOpen] = useState<InboxMessage>();
  const [isEmptying, setEmptying] = useState(false);
  const wanted = values.search.trim().toLowerCase();
  const list = usePages(
    ["inbox", wanted],
    wanted === "" ? loadMessages : filteredPages(loadMessages, (message) => textOf(message).includes(wanted)),
    pageSize,
    { position, refreshMilliseconds: REFRESH_MILLISECONDS },
  );
  useTitle(text.title);

  return (
    <>
      <PagedTable
        list={list}
        label={text.title}
        keyOf={({ id }) => id}
        nameOf={({ destination }) => destination}
        pageSize={pageSize}
        onPageSize={setPageSize}
        columns={[
          {
            id: "subject",
            header: text.subject,
            isRowHeader: true,
            cell: (message) => (
              <OpenLink onOpen={() => setOpen(message)}>
                <span className="one-line">{message.subject ?? message.body}</span>
              </OpenLink>
            ),
          },
          {
            id: "code",
            header: text.code,
            cell: ({ code }) => (code === undefined ? "–" : <Copyable value={code} label={text.code} />),
          },
          { id: "to", header: text.to, cell: ({ destination }) => destination },
          { id: "medium", header: text.medium, cell: ({ medium }) => text.media[medium] },
          { id: "purpose", header: text.purpose, cell: ({ purpose }) => purpose },
          {
            id: "pool",
            header: text.pool,
            cell: ({ poolId }) => <Link href={paths.poolOverview(poolId)}>{poolId}</Link>,
          },
          { id: "sent", header: text.sent, cell: ({ sentAt }) => <Time at={sentAt} /> },
        ]}
        header={
          <Header
            variant="awsui-h1-sticky"
            info={<InfoLink />}
            description={text.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={list.reload} />
                <Button disabled={list.items.length === 0} onClick={() => setEmptying(true)}>
                  {text.deleteAll}
                </Button>
              </SpaceBetween>
            }
          >
            {text.title}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={values.search}
            filteringPlaceholder={text.find}
            filteringAriaLabel={text.find}
            onChange={({ detail }) => change({ search: detail.filteringText, page: "1" })}
          />
        }
        empty={
          wanted === "" ? (
            <Empty title={text.none}>{text.noneHint}</Empty>
          ) : (
            <Empty title={common.noMatches} />
          )
        }
      />
      {open && (
        <Message
          message={open}
          onDismiss={() => setOpen(undefined)}
          onDelete={async () => {
            await deleteMessage(open.id);
            setOpen(undefined);
            show("success", text.deleted);
            list.reload();
          }}
        />
      )}
      {isEmptying && (
        <ActionDialog
          title={text.deleteAll}
          confirmLabel={text.deleteAll}
          onDismiss={() => setEmptying(false)}
          onConfirm={async () => {
            await deleteAllMessages();
            show("success", text.allDeleted);
            list.reload();
          }}
        >
          {text.deleteAllQuestion}
        </ActionDialog>
      )}
    </>
  );
}

interface MessageProps {
  readonly message: InboxMessage;
  readonly onDismiss: () => void;
  readonly onDelete: () => Promise<void>;
}

function Message({ message, onDismiss, onDelete }: MessageProps) {
  const text = useText().inbox;
  const common = useText().common;
  const action = useAction();
  const isHtml = message.medium === "EMAIL" && /<\w+[^>]*>/.test(message.body);
  return (
    <Modal
      visible
      size="large"
      header={message.subject ?? text.media[message.medium]}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button loading={action.isRunning} onClick={() => void action.run(onDelete)}>
              {common.delete}
            </Button>
            <Button variant="primary" onClick={onDismiss}>
              {common.close}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <ProblemAlert error={action.error} />
        <KeyValues
          columns={2}
          items={[
            { label: text.to, value: message.destination },
            {
              label: text.user,
              value: <Link href={paths.user(message.poolId, message.username)}>{message.username}</Link>,
            },
            { label: text.purpose, value: message.purpose },
            { label: text.sent, value: <Time at={message.sentAt} /> },
            ...(message.code === undefined
              ? []
              : [{ label: text.code, value: <Copyable value={message.code} label={text.code} /> }]),
          ]}
        />
        {isHtml && (
          <div className="message-preview">
            <PreviewFrame
              html={emailDocument(message.body)}
              title={text.message}
              className="message-frame received"
            />
          </div>
        )}
        <div>
          {isHtml && <Box variant="awsui-key-label">{text.source}</Box>}
          <Code wraps label={isHtml ? text.source : text.message}>
            {message.body}
          </Code>
        </div>
      </SpaceBetween>
    </Modal>
  );
}
