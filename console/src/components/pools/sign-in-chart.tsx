import BarChart from "@cloudscape-design/components/bar-chart";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useState } from "react";
import { useLoad } from "../../api/load.ts";
import { getSignInCounts } from "../../api/sign-in-counts.ts";
import { usePreferences } from "../../app/preferences.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  barsOf,
  type ChartPeriod,
  chartPeriods,
  outcomes,
  type SignInBar,
  totalsOf,
} from "../../rules/pools/sign-in-chart.ts";
import { Empty, Loading } from "../basics/loading.tsx";
import { SignInTable } from "./sign-in-table.tsx";

const REFRESH_MILLISECONDS = 30_000;

/** The sign-ins of a pool with threat protection, over time: others are not counted. */
export function SignInChart({ poolId }: { readonly poolId: string }) {
  const text = useText().signInChart;
  const [period, setPeriod] = useState<ChartPeriod>("week");
  const loaded = useLoad(["signIns", poolId], () => getSignInCounts(poolId), REFRESH_MILLISECONDS);
  return (
    <Container
      header={
        <Header
          description={text.description}
          actions={
            <SegmentedControl
              label={text.period}
              selectedId={period}
              options={chartPeriods.map((id) => ({ id, text: text.periods[id] }))}
              onChange={({ detail }) =>
                setPeriod(chartPeriods.find((one) => one === detail.selectedId) ?? period)
              }
            />
          }
        >
          {text.title}
        </Header>
      }
    >
      <Loading loaded={loaded}>
        {({ now, counts }) => <Bars bars={barsOf(counts, period, now)} period={period} />}
      </Loading>
    </Container>
  );
}

function Bars({ bars, period }: { readonly bars: readonly SignInBar[]; readonly period: ChartPeriod }) {
  const text = useText().signInChart;
  const common = useText().common;
  const { language } = usePreferences();
  const totals = totalsOf(bars);
  const most = Math.max(...bars.map(({ signIns }) => outcomes.reduce((sum, one) => sum + signIns[one], 0)));
  if (most === 0) return <Empty title={text.none}>{text.noneHint}</Empty>;
  const label = new Intl.DateTimeFormat(
    language,
    period === "day" ? { hour: "numeric", minute: "2-digit" } : { month: "short", day: "numeric" },
  );
  const when = period === "day" ? text.hour : text.day;
  const summary = outcomes
    .map((outcome) => `${text.outcomes[outcome]}: ${common.number(totals[outcome])}`)
    .join(text.separator);
  return (
    <>
      <Box variant="p" margin={{ bottom: "s" }}>
        {summary}
      </Box>
      <BarChart
        ariaLabel={text.title}
        ariaDescription={summary}
        height={220}
        hideFilter
        stackedBars
        xScaleType="categorical"
        xTitle={when}
        yTitle={text.signIns}
        yDomain={[0, Math.max(most, 4)]}
        xDomain={bars.map(({ from }) => label.format(from))}
        i18nStrings={{ yTickFormatter: (value) => (Number.isInteger(value) ? common.number(value) : "") }}
        series={outcomes.map((outcome) => ({
          title: text.outcomes[outcome],
          type: "bar" as const,
          color: COLORS[outcome],
          valueFormatter: (value: number) => common.number(value),
          data: bars.map(({ from, signIns }) => ({ x: label.format(from), y: signIns[outcome] })),
        }))}
      />
      <ExpandableSection headerText={text.asTable} variant="footer">
        <SignInTable bars={bars} when={when} labelOf={(from) => label.format(from)} />
      </ExpandableSection>
    </>
  );
}

/** Colors that differ from each other and from the background, in the light and the dark scheme. */
const COLORS = {
  passed: "#55a03c",
  passedAtRisk: "#c08a1c",
  failed: "#8c8c94",
  blocked: "#c9372c",
} as const;
