/** The figures of a run as Markdown, which reads as well on a terminal. */
import { ceilingOf, medianRates } from "./ceiling.ts";
import type { ScenarioName } from "./load/scenarios.ts";
import { median } from "./median.ts";
import { FOOTPRINT_USERS, type Results } from "./results.ts";
import type { SubjectName } from "./subjects/target.ts";
import { divide, format, formatRatio, judge } from "./targets.ts";

const titles: Readonly<Record<ScenarioName, string>> = {
  passwordSignIn: "Password sign-in (InitiateAuth)",
  adminPasswordSignIn: "Password sign-in (AdminInitiateAuth)",
  srpSignIn: "SRP sign-in",
  totpSignIn: "Password sign-in with a code of an authenticator app",
  passkeySignIn: "Passkey sign-in",
  functionSignIn: "Password sign-in with a PreTokenGeneration function",
  quickstart: "The quickstart: AdminCreateUser, sign-in, new password",
  codeFlow: "Code flow through the sign-in page: page, form, token endpoint",
  clientCredentials: "Token endpoint: client credentials",
  codeExchange: "Authorize with a session, and exchange of the code",
  tokenRefresh: "Token endpoint: refresh",
  userInfo: "userInfo",
  introspection: "Introspection",
  signUp: "SignUp",
  signUpAndConfirm: "SignUp and ConfirmSignUp, with the code by SMS",
  forgotPassword: "ForgotPassword and ConfirmForgotPassword, with the code by SMS",
  refresh: "Refresh",
  getUser: "GetUser",
  adminGetUser: "AdminGetUser",
  adminCreateUser: "AdminCreateUser",
  listUsersByEmail: "ListUsers by e-mail",
};

export function report(results: Results): string {
  return [
    `${results.startedAt} · ${results.machine} · ${results.plan.connections} connections, ` +
      `medians of ${results.plan.rounds} × ${results.plan.measureMilliseconds / 1000} s`,
    ceilings(results),
    table(ratioHeads(results), ratioRows(results)),
    table(rateHeads(results), rateRows(results)),
    table(["", "Cognate", "cognito-local"], footprintRows(results)),
    table(["Target", "wanted", "found", ""], verdictRows(results)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function ceilings(results: Results): string {
  const rates = medianRates(results.ceilings);
  return (
    `All cores together: ${format(rates.signature)} RS256 signatures/s, ` +
    `${format(rates.power)} 3072-bit exponentiations/s by OpenSSL, ` +
    `${format(rates.powerOfGenerator)} of the generator by Cognate's table.`
  );
}

function ratioHeads({ plan }: Results): string[] {
  const sizes = comparedSizes(plan).map((users) => `× cognito-local, ${format(users)} users`);
  const { smallest, largest } = extremes(plan);
  return [
    "Ratios",
    "of the ceiling",
    "with the table",
    ...sizes,
    `${format(largest)} ÷ ${format(smallest)} users`,
  ];
}

function ratioRows({ plan, cells, ceilings: measured }: Results): string[][] {
  const rates = medianRates(measured);
  const { smallest, largest } = extremes(plan);
  return plan.scenarios.map((scenario) => {
    const rate = (subject: SubjectName, users: number) => cells.rate(subject, scenario, users);
    return [
      titles[scenario],
      ratio(rate("Cognate", ceilingSize(plan)), ceilingOf(scenario, rates)),
      ratio(rate("Cognate", ceilingSize(plan)), ceilingOf(scenario, rates, "table")),
      ...comparedSizes(plan).map((users) => ratio(rate("Cognate", users), rate("cognito-local", users))),
      ratio(rate("Cognate", largest), rate("Cognate", smallest)),
    ];
  });
}

function rateHeads({ plan }: Results): string[] {
  return [
    "Per second",
    "ceiling",
    ...plan.sizes.map((users) => `${format(users)} users`),
    "99 % within",
    ...comparedSizes(plan).map((users) => `cognito-local, ${format(users)} users`),
  ];
}

function rateRows({ plan, cells, ceilings: measured }: Results): string[][] {
  const rates = medianRates(measured);
  return plan.scenarios.map((scenario) => {
    const slow = median(
      cells.of("Cognate", scenario, ceilingSize(plan)).map(({ percentile99 }) => percentile99),
    );
    return [
      titles[scenario],
      number(ceilingOf(scenario, rates)),
      ...plan.sizes.map((users) => number(cells.rate("Cognate", scenario, users))),
      slow === undefined ? "" : `${slow.toFixed(0)} ms`,
      ...comparedSizes(plan).map((users) => number(cells.rate("cognito-local", scenario, users))),
    ];
  });
}

function footprintRows({ footprints, createUserPool, invocations }: Results): string[][] {
  const ours = footprints.get("Cognate");
  const theirs = footprints.get("cognito-local");
  const row = (what: string, unit: string, ...values: readonly (number | undefined)[]) => [
    what,
    ...values.map((value) => (value === undefined ? "" : `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`)),
  ];
  if (ours === undefined && theirs === undefined) return [];
  return [
    row(
      `Spawn to healthy, ${format(FOOTPRINT_USERS)} users`,
      "ms",
      median(ours?.starts ?? []),
      median(theirs?.starts ?? []),
    ),
    row("Resident, idle", "MiB", ours?.idleMiB, theirs?.idleMiB),
    row("Resident, after load", "MiB", ours?.loadedMiB, theirs?.loadedMiB),
    row("CreateUserPool", "ms", median(createUserPool)),
    row("Warm invocation of a function", "ms", median(invocations)),
  ];
}

function verdictRows(results: Results): string[][] {
  return judge(results).map(({ what, wanted, found, isMet }) => [
    what,
    wanted,
    found,
    isMet ? "met" : "**short**",
  ]);
}

function comparedSizes({ sizes, largestForCognitoLocal }: Results["plan"]): number[] {
  return sizes.filter((users) => users <= largestForCognitoLocal);
}

/** The ceiling knows no users; the size that the targets name where it was measured. */
function ceilingSize({ sizes }: Results["plan"]): number {
  return sizes.includes(FOOTPRINT_USERS) ? FOOTPRINT_USERS : Math.max(...sizes);
}

function extremes({ sizes }: Results["plan"]): { smallest: number; largest: number } {
  return { smallest: Math.min(...sizes), largest: Math.max(...sizes) };
}

function ratio(dividend: number | undefined, divisor: number | undefined): string {
  const quotient = divide(dividend, divisor);
  return quotient === undefined ? "" : formatRatio(quotient);
}

function number(value: number | undefined): string {
  return value === undefined ? "" : format(value);
}

/** @returns nothing when there are no rows */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const cells = [heads, ...rows].map((row) => heads.map((_, column) => row[column] ?? ""));
  const widths = heads.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  const [head = [], ...body] = cells;
  return [line(head), rule, ...body.map(line)].join("\n");
}
