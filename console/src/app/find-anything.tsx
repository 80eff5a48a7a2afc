import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import Autosuggest, { type AutosuggestProps } from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { isDenied } from "../api/errors.ts";
import { appClientsOf, groupsOf, userFilter, userPoolsIn, usersOf } from "../api/lists.ts";
import { useLoad } from "../api/load.ts";
import { allPages } from "../api/pages.ts";
import { useText } from "../i18n/text.tsx";
import { isPoolId } from "../rules/names.ts";
import { userLabel } from "../rules/users/user-label.ts";
import { paths } from "./paths.ts";
import { useLoadedPool } from "./pool.tsx";
import { usePreferences } from "./preferences.tsx";
import { useNavigation } from "./router.tsx";
import { useSession } from "./session.tsx";
import { useNavigationGroups } from "./side-navigation.tsx";

/** The pause in typing before users are searched. */
const PAUSE_MILLISECONDS = 200;

/** Of each kind, how many are offered. */
const MAX_RESULTS = 6;

interface Props {
  readonly poolId: string | undefined;
  readonly onDismiss: () => void;
}

/** Finds a page, a user pool, or something of the pool that is shown, and goes there. */
export function FindAnything({ poolId, onDismiss }: Props) {
  const text = useText().find;
  const { navigate } = useNavigation();
  const [query, setQuery] = useState("");
  const input = useRef<AutosuggestProps.Ref>(null);
  const hasGone = useRef(false);
  const wanted = usePaused(query.trim());
  const pages = usePages(poolId, query.trim());
  const found = useResources(poolId, wanted);
  useEffect(() => {
    // After the dialog, which takes the focus when it is shown.
    queueMicrotask(() => input.current?.focus());
  }, []);

  const options: AutosuggestProps.OptionGroup[] = [
    { label: text.pages, options: pages },
    ...found.groups,
  ].filter(({ options: ofGroup }) => ofGroup.length > 0);
  /** The target of Enter without a selection. */
  const first = options[0]?.options[0]?.value;
  const goTo = (href: string | undefined) => {
    if (href === undefined || hasGone.current) return;
    hasGone.current = true;
    onDismiss();
    navigate(href);
  };
  return (
    <Modal visible header={text.title} onDismiss={onDismiss}>
      <SpaceBetween size="s">
        <Autosuggest
          ref={input}
          value={query}
          ariaLabel={text.title}
          placeholder={text.placeholder}
          filteringType="manual"
          expandToViewport
          options={options}
          statusType={found.isLoading ? "loading" : "finished"}
          loadingText={text.looking}
          empty={text.none}
          enteredTextLabel={text.first}
          onChange={({ detail }) => setQuery(detail.value)}
          onSelect={({ detail }) => goTo(detail.selectedOption?.value ?? first)}
          onKeyDown={({ detail }) => {
            // Else the first Escape closes the options alone, and the second empties the field.
            if (detail.key === "Escape") onDismiss();
            // After onSelect, which Enter on one of the options calls.
            if (detail.key === "Enter") setTimeout(() => goTo(first));
          }}
        />
        <Box color="text-body-secondary">{poolId === undefined ? text.hint : text.hintInPool}</Box>
      </SpaceBetween>
    </Modal>
  );
}

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

interface Place {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

const matching = (places: readonly Place[], query: string): Place[] =>
  places
    .filter(({ label, description = "" }) =>
      `${label}\n${description}`.toLowerCase().includes(query.toLowerCase()),
    )
    .slice(0, MAX_RESULTS);

function usePages(poolId: string | undefined, query: string): Place[] {
  const text = useText().navigation;
  const { ofPool, account, tools, iam } = useNavigationGroups(poolId);
  const links = [
    { text: text.userPools, href: paths.userPools },
    ...account,
    ...(poolId === undefined
      ? []
      : [
          { text: text.overview, href: paths.poolOverview(poolId) },
          { text: text.settings, href: paths.settings(poolId) },
        ]),
    ...ofPool.flatMap((group) => group.links),
    ...tools,
    ...iam,
  ];
  return matching(
    links.map(({ text: label, href }) => ({ value: href, label })),
    query,
  );
}

/** The results besides pages. The lists are loaded once, users for each query. */
function useResources(poolId: string | undefined, query: string) {
  const text = useText().find;
  const { me } = useSession();
  const { region = me.region } = usePreferences();
  const pool = useLoadedPool();
  const lists = useLoad(["find", region, poolId], async () => {
    const [pools, clients, groups] = await Promise.all([
      allowed(allPages(userPoolsIn(region))),
      poolId === undefined ? [] : allowed(allPages(appClientsOf(poolId))),
      poolId === undefined ? [] : allowed(allPages(groupsOf(poolId))),
    ]);
    return { pools, clients, groups };
  });
  const users = useLoad(["findUsers", poolId, query], () => usersByPrefix(poolId, query));

  const { pools: listed = [], clients = [], groups = [] } = lists.value ?? {};
  // A person who may see one pool only, and not the list, gets there by its ID.
  const isById = isPoolId(query) && !listed.some(({ Id }) => Id === query);
  const pools = isById ? [{ Id: query, Name: query }, ...listed] : listed;
  const placesOf: readonly [label: string, places: readonly Place[]][] = [
    [
      text.userPools,
      pools.map(({ Id = "", Name = "" }) => ({
        value: paths.poolOverview(Id),
        label: Name,
        description: Id,
      })),
    ],
    [
      text.appClients,
      clients.map(({ ClientId = "", ClientName = "" }) => ({
        value: paths.appClient(poolId ?? "", ClientId),
        label: ClientName,
        description: ClientId,
      })),
    ],
    [
      text.groups,
      groups.map(({ GroupName = "" }) => ({ value: paths.group(poolId ?? "", GroupName), label: GroupName })),
    ],
  ];
  const [ofPools, ...ofPool] = placesOf.map(([label, places]) => ({
    label,
    options: matching(places, query),
  }));
  const ofUsers = {
    label: text.users,
    options: (users.value ?? []).map((user) => ({
      value: paths.user(poolId ?? "", user.Username ?? ""),
      label: userLabel(pool, user),
      description: user.Username ?? "",
    })),
  };
  return {
    groups: ofPools === undefined ? [] : [ofPools, ofUsers, ...ofPool],
    isLoading: lists.isLoading || users.isLoading,
  };
}

/** What a list has, and nothing of one that the person may not see: the others are searched all the same. */
async function allowed<T>(list: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await list;
  } catch (error) {
    if (isDenied(error)) return [];
    throw error;
  }
}

async function usersByPrefix(poolId: string | undefined, prefix: string): Promise<readonly UserType[]> {
  if (poolId === undefined || prefix === "") return [];
  const found = await Promise.all(
    (["username", "email"] as const).map((name) =>
      usersOf(poolId, userFilter(name, prefix))(MAX_RESULTS, undefined),
    ),
  );
  const byName = new Map(found.flatMap(({ items }) => items).map((user) => [user.Username, user]));
  return [...byName.values()].slice(0, MAX_RESULTS);
}
