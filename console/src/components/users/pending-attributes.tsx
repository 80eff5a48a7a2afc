import Alert from "@cloudscape-design/components/alert";
import { useLoad } from "../../api/load.ts";
import { getPendingAttributes } from "../../api/user-facts.ts";
import { useText } from "../../i18n/text.tsx";
import { ValueList } from "../basics/key-values.tsx";
import { ProblemAlert } from "../basics/problem.tsx";

interface Props {
  readonly poolId: string;
  readonly sub: string;
}

/** New addresses that a user has not proved yet, in a pool that keeps the old ones until then. */
export function PendingAttributes({ poolId, sub }: Props) {
  const text = useText().user;
  const loaded = useLoad(["pendingAttributes", poolId, sub], () => getPendingAttributes(poolId, sub));
  const pending = Object.entries(loaded.value ?? {});
  if (loaded.error !== undefined) return <ProblemAlert error={loaded.error} onRetry={loaded.reload} />;
  if (pending.length === 0) return null;
  return (
    <Alert type="info" header={text.pending}>
      <ValueList values={pending.map(([name, waiting]) => `${name}: ${waiting}`)} />
      {text.pendingHint}
    </Alert>
  );
}
