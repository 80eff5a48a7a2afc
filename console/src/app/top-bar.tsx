import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { memo, useEffect, useRef } from "react";
import { getClock } from "../api/control.ts";
import { loadedData, useLoad } from "../api/load.ts";
import { ProblemText } from "../components/basics/problem.tsx";
import { useText } from "../i18n/text.tsx";
import { useFlash } from "./flashes.tsx";
import { paths } from "./paths.ts";
import { type Appearance, type Language, usePreferences } from "./preferences.tsx";
import { regions } from "./regions.ts";
import { useSession } from "./session.tsx";
import { mayLeave } from "./unsaved-changes.ts";

const languageNames: Readonly<Record<Language, string>> = { en: "English", ja: "日本語" };
const appearances: readonly Appearance[] = ["system", "light", "dark"];

interface Props {
  /** The region of the pool that is shown, which the choice of a region cannot change. */
  readonly poolRegion: string | undefined;
  readonly onSignIn: () => void;
  readonly onRegion: () => void;
  readonly onFind: () => void;
}

/** How often the clock is read, because it can be moved through the API. */
const CLOCK_MILLISECONDS = 30_000;

export const TopBar = memo(function TopBar(props: Props) {
  const { me } = useSession();
  const { value: clock } = useLoad(
    ["clock"],
    me.mode === "dev" && me.signedIn ? getClock : undefined,
    CLOCK_MILLISECONDS,
  );
  useReloadAfterRestore(clock?.restores);
  return (
    <Bar {...props} clockOffset={clock?.offsetMilliseconds ?? 0} isClockStopped={clock?.stopped ?? false} />
  );
});

/** Loads what the page shows again after a snapshot was restored, here or by a test. */
function useReloadAfterRestore(restores: number | undefined): void {
  const known = useRef<number>(undefined);
  useEffect(() => {
    if (restores === undefined) return;
    if (known.current !== undefined && known.current !== restores) void loadedData.invalidateQueries();
    known.current = restores;
  }, [restores]);
}

interface BarProps extends Props {
  /** Milliseconds that the clock has been moved by. */
  readonly clockOffset: number;
  readonly isClockStopped: boolean;
}

const Bar = memo(function Bar({
  poolRegion,
  clockOffset,
  isClockStopped,
  onSignIn,
  onRegion,
  onFind,
}: BarProps) {
  const text = useText().topBar;
  const show = useFlash();
  const { me, endSession } = useSession();
  const preferences = usePreferences();
  const region = poolRegion ?? preferences.region ?? me.region;
  const regionNames: Readonly<Record<string, string>> = text.regions;
  const checked = (isChosen: boolean) => (isChosen ? ({ iconName: "check" } as const) : {});

  const clockText = useText().clock;
  // A moved or stopped clock explains tokens and codes that expire at unexpected times.
  const movedClock: TopNavigationProps.Utility[] =
    Math.abs(clockOffset) < 1000 && !isClockStopped
      ? []
      : [
          {
            type: "button",
            iconName: "status-warning",
            href: paths.clock,
            text: isClockStopped ? text.clockStopped : text.clockMoved(clockText.offsetBy(clockOffset)),
          },
        ];
  const find: TopNavigationProps.Utility[] = me.signedIn
    ? [
        {
          type: "button",
          iconName: "search",
          text: text.find,
          title: text.find,
          ariaLabel: text.find,
          disableUtilityCollapse: false,
          onClick: onFind,
        },
      ]
    : [];

  const account: TopNavigationProps.Utility[] = me.signedIn
    ? [
        {
          type: "menu-dropdown",
          iconName: "user-profile",
          text: me.userName ?? "",
          ariaLabel: text.account(me.userName ?? ""),
          description: me.arn ?? "",
          items: [
            ...(me.isLocal ? [{ id: "sign-in", text: text.signInAsOther }] : []),
            ...(me.isLocal ? [] : [{ id: "sign-out", text: text.signOut }]),
          ],
          onItemClick: ({ detail }) => {
            if (detail.id !== "sign-out") onSignIn();
            else if (mayLeave())
              endSession().catch((error: unknown) => show("error", <ProblemText error={error} />));
          },
        },
      ]
    : [];

  return (
    <TopNavigation
      identity={{ href: paths.userPools, title: "Cognate", logo: { src: "/console/logo.svg", alt: "" } }}
      utilities={[
        ...movedClock,
        ...find,
        {
          type: "menu-dropdown",
          iconName: "globe",
          text: region,
          title: text.region,
          ariaLabel: `${text.region}: ${region}`,
          items: regions(me.region).map((id) => ({
            id,
            text: id,
            secondaryText: regionNames[id] ?? "",
            ...checked(id === region),
          })),
          onItemClick: ({ detail }) => {
            preferences.change({ region: detail.id });
            onRegion();
          },
        },
        {
          type: "menu-dropdown",
          iconName: "settings",
          title: text.preferences,
          ariaLabel: text.preferences,
          items: [
            {
              id: "language",
              text: text.language,
              items: Object.entries(languageNames).map(([id, name]) => ({
                id,
                text: name,
                lang: id,
                ...checked(id === preferences.language),
              })),
            },
            {
              id: "appearance",
              text: text.appearance,
              items: appearances.map((id) => ({
                id,
                text: text.appearances[id],
                ...checked(id === preferences.appearance),
              })),
            },
          ],
          onItemClick: ({ detail: { id } }) => {
            if (id === "en" || id === "ja") preferences.change({ language: id });
            else preferences.change({ appearance: appearances.find((known) => known === id) ?? "system" });
          },
        },
        ...account,
      ]}
    />
  );
});
