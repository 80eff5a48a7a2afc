import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import {
  deleteSnapshot,
  listSnapshots,
  restoreSnapshot,
  type Snapshot,
  takeSnapshot,
} from "../../api/control.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { InfoLink } from "../../app/help.tsx";
import { useSession } from "../../app/session.tsx";
import { ActionDialog } from "../../components/basics/confirm.tsx";
import { Empty } from "../../components/basics/loading.tsx";
import { useTitle } from "../../components/basics/page-header.tsx";
import { Time } from "../../components/basics/time.tsx";
import { DeleteDialog } from "../../components/lists/delete-dialog.tsx";
import { LoadedTable } from "../../components/lists/loaded-table.tsx";
import { Unavailable } from "../../components/tools/unavailable.tsx";
import { sizeText } from "../../i18n/size.ts";
import { useText } from "../../i18n/text.tsx";
import { isSnapshotName } from "../../rules/names.ts";

export default function Snapshots() {
  const { me } = useSession();
  const { title, devOnly } = useText().snapshots;
  return me.mode === "dev" ? <KeptSnapshots /> : <Unavailable title={title}>{devOnly}</Unavailable>;
}

interface Question {
  readonly about: "restore" | "delete";
  readonly name: string;
}

function KeptSnapshots() {
  const text = useText().snapshots;
  const common = useText().common;
  const show = useFlash();
  const { refresh } = useSession();
  const loaded = useLoad(["snapshots"], listSnapshots);
  const [isTaking, setTaking] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const [selected, setSelected] = useState<readonly Snapshot[]>([]);
  const all = loaded.value?.snapshots ?? [];
  const chosen = all.find(({ name }) => name === selected[0]?.name);
  useTitle(text.title);

  return (
    <>
      <LoadedTable<Snapshot>
        loaded={loaded}
        items={all}
        variant="full-page"
        trackBy="name"
        selectionType="single"
        selectedItems={chosen === undefined ? [] : [chosen]}
        onSelectionChange={({ detail }) => setSelected(detail.selectedItems)}
        enableKeyboardNavigation
        loading={loaded.isLoading}
        ariaLabels={{
          tableLabel: text.title,
          selectionGroupLabel: text.title,
          itemSelectionLabel: (_, { name }) => common.selectItem(name),
        }}
        header={
          <Header
            variant="awsui-h1-sticky"
            info={<InfoLink />}
            counter={`(${common.number(all.length)})`}
            description={text.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={loaded.reload} />
                <Button
                  disabled={chosen === undefined}
                  onClick={() => chosen && setQuestion({ about: "delete", name: chosen.name })}
                >
                  {common.delete}
                </Button>
                <Button
                  disabled={chosen === undefined}
                  onClick={() => chosen && setQuestion({ about: "restore", name: chosen.name })}
                >
                  {text.restore}
                </Button>
                <Button variant="primary" onClick={() => setTaking(true)}>
                  {text.take}
                </Button>
              </SpaceBetween>
            }
          >
            {text.title}
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: text.name, isRowHeader: true, cell: ({ name }) => name },
          { id: "taken", header: text.taken, cell: ({ takenAt }) => <Time at={takenAt} /> },
          {
            id: "size",
            header: text.size,
            cell: ({ bytes }) => sizeText(bytes),
          },
        ]}
        none={<Empty title={text.none}>{text.noneHint}</Empty>}
      />
      {isTaking && (
        <TakeDialog
          names={all.map(({ name }) => name)}
          onDismiss={() => setTaking(false)}
          onTaken={(name) => {
            show("success", text.wasTaken(name));
            loaded.reload();
          }}
        />
      )}
      {question?.about === "restore" && (
        <ActionDialog
          title={text.restoreTitle(question.name)}
          confirmLabel={text.restore}
          onDismiss={() => setQuestion(undefined)}
          onConfirm={async () => {
            await restoreSnapshot(question.name);
            show("success", text.restored(question.name));
            // The pages forget what they have loaded, and the person may be unknown now.
            await refresh();
          }}
        >
          {text.restoreQuestion}
        </ActionDialog>
      )}
      {question?.about === "delete" && (
        <DeleteDialog
          title={text.deleteTitle(question.name)}
          question={text.deleteQuestion}
          deleted={text.deleted(question.name)}
          onDelete={() => deleteSnapshot(question.name)}
          onDismiss={() => setQuestion(undefined)}
          onDeleted={loaded.reload}
        />
      )}
    </>
  );
}

interface TakeProps {
  readonly names: readonly string[];
  readonly onDismiss: () => void;
  readonly onTaken: (name: string) => void;
}

function TakeDialog({ names, onDismiss, onTaken }: TakeProps) {
  const text = useText().snapshots;
  const [name, setName] = useState("");
  const isValid = isSnapshotName(name);
  const replace = names.includes(name);
  return (
    <ActionDialog
      title={text.take}
      confirmLabel={replace ? text.replace : text.take}
      isValid={isValid}
      values={{ name }}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await takeSnapshot(name, replace);
        onTaken(name);
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField
            label={text.name}
            constraintText={text.nameRule}
            errorText={wasTried && !isValid ? text.nameFault : undefined}
          >
            <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          {replace && <Box variant="p">{text.replaceHint}</Box>}
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
