import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { type AcrLevel, acrLevels, isAcrValue, levelValuesOf } from "../../rules/pools/pool-features.ts";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

/** The authentication levels of the pool, and their names in tokens. */
export function AuthenticationLevels() {
  const { pool } = usePool();
  const text = useText().poolFeatures.levels;
  const common = useText().common;
  const [isOpen, setOpen] = useState(false);
  const values = levelValuesOf(pool);
  return (
    <>
      <Table
        items={acrLevels.map((level, index) => ({ level, number: index + 1 }))}
        trackBy="level"
        enableKeyboardNavigation
        wrapLines
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            description={text.description}
            actions={
              <Button ariaLabel={common.editWhat(text.title)} onClick={() => setOpen(true)}>
                {common.edit}
              </Button>
            }
          >
            {text.title}
          </Header>
        }
        columnDefinitions={[
          { id: "level", header: text.level, isRowHeader: true, cell: ({ number }) => text.levelOf(number) },
          { id: "ways", header: text.reachedBy, cell: ({ level }) => text.ways[level] },
          {
            id: "value",
            header: text.value,
            minWidth: 200,
            cell: ({ level }) => <span className="monospace wrap-anywhere">{values[level]}</span>,
          },
        ]}
      />
      {isOpen && <LevelsDialog onDismiss={() => setOpen(false)} />}
    </>
  );
}

function LevelsDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().poolFeatures.levels;
  const { values, change, mergedWith } = useFormValues(
    () => levelValuesOf(pool),
    ([level]) => text.levelOf(acrLevels.indexOf(level as AcrLevel) + 1),
  );
  const isTwice = (level: AcrLevel) =>
    acrLevels.some((other) => other !== level && values[other] === values[level]);
  const faultOf = (level: AcrLevel) => {
    if (!isAcrValue(values[level])) return text.valueFault;
    return isTwice(level) ? text.twice : undefined;
  };
  return (
    <UpdatePoolDialog
      title={text.title}
      saved={text.saved}
      values={values}
      changes={(current) => {
        const merged = mergedWith(levelValuesOf(current));
        const levels = acrLevels.map((level) => [level, { AcrValue: merged[level] }]);
        return { AcrConfiguration: Object.fromEntries(levels) };
      }}
      isValid={acrLevels.every((level) => faultOf(level) === undefined)}
      onDismiss={onDismiss}
    >
      {acrLevels.map((level, index) => (
        <FormField
          key={level}
          label={text.levelOf(index + 1)}
          description={text.ways[level]}
          errorText={faultOf(level)}
        >
          <Input
            value={values[level]}
            autoComplete={false}
            spellcheck={false}
            onChange={({ detail }) => change({ [level]: detail.value })}
          />
        </FormField>
      ))}
    </UpdatePoolDialog>
  );
}
