import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";

/** Narrower, ids and addresses would be broken into pieces of a few letters. */
const MIN_COLUMN_PIXELS = 200;

/** Names with values, in columns; on a narrow screen one below the other. */
export function KeyValues(props: KeyValuePairsProps) {
  return <KeyValuePairs minColumnWidth={MIN_COLUMN_PIXELS} {...props} />;
}

/** Several values of one key, separated visibly even if they run over a line. */
export function ValueList({ values }: { readonly values: readonly string[] }) {
  return (
    <ul className="value-list">
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );
}
