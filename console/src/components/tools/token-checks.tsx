import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { getClock } from "../../api/control.ts";
import { useLoad } from "../../api/load.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { checkToken, fetchGround, poolIdOf } from "../../tokens/checks.ts";
import type { DecodedToken } from "../../tokens/decode.ts";
import { Loading } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";

/** Each check that a verifier makes of a token, with its result. */
export function TokenChecks({ token }: { readonly token: DecodedToken }) {
  const text = useText().tokens;
  const { me } = useSession();
  const poolId = poolIdOf(token);
  const loaded = useLoad(["tokenChecks", token, poolId], async () => {
    if (poolId === undefined) return [];
    const now = me.mode === "dev" ? Date.parse((await getClock()).now) : Date.now();
    return checkToken(token, await fetchGround(poolId, now));
  });
  if (poolId === undefined) return <Alert type="error">{text.noPool}</Alert>;

  const types = { passed: "success", failed: "error", unknown: "warning" } as const;
  return (
    <Loading loaded={loaded}>
      {(checks) => {
        const failed = checks.filter(({ result }) => result === "failed");
        return (
          <SpaceBetween size="m">
            <Alert type={failed.length === 0 ? "success" : "error"}>
              {failed.length === 0
                ? text.accepted
                : text.refused(failed.map(({ name }) => text.checks[name].name))}
            </Alert>
            <Table
              variant="embedded"
              items={checks}
              trackBy="name"
              ariaLabels={{ tableLabel: text.checksTitle }}
              wrapLines
              columnDefinitions={[
                {
                  id: "result",
                  header: text.result,
                  width: 140,
                  cell: ({ result }) => (
                    <StatusIndicator type={types[result]}>{text.results[result]}</StatusIndicator>
                  ),
                },
                {
                  id: "name",
                  header: text.check,
                  isRowHeader: true,
                  cell: ({ name }) => text.checks[name].name,
                },
                {
                  id: "detail",
                  header: text.found,
                  cell: ({ detail }) => (
                    <span className="wrap-anywhere">
                      {detail instanceof Date ? <Time at={detail} /> : detail}
                    </span>
                  ),
                },
                { id: "why", header: text.why, cell: ({ name }) => text.checks[name].why },
              ]}
            />
          </SpaceBetween>
        );
      }}
    </Loading>
  );
}
