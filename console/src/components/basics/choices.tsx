import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";

interface Props<T extends string> {
  readonly values: readonly T[];
  readonly chosen: readonly string[];
  readonly nameOf: (value: T) => ReactNode;
  readonly descriptionOf?: (value: T) => ReactNode;
  /** For a name that is in several groups of one page. */
  readonly ariaLabelOf?: (value: T) => string;
  /** Called with the chosen values in the order of `values`. */
  readonly onChange: (chosen: readonly T[]) => void;
}

/** A checkbox for each of some values. */
export function Choices<T extends string>(props: Props<T>) {
  const { values, chosen, nameOf, descriptionOf, ariaLabelOf, onChange } = props;
  return (
    <SpaceBetween size="xs">
      {values.map((value) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          description={descriptionOf?.(value)}
          {...(ariaLabelOf && { ariaLabel: ariaLabelOf(value) })}
          onChange={({ detail }) =>
            onChange(values.filter((other) => (other === value ? detail.checked : chosen.includes(other))))
          }
        >
          {nameOf(value)}
        </Checkbox>
      ))}
    </SpaceBetween>
  );
}
