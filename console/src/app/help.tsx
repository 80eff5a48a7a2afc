/** The help panel beside a page, and the link that opens it. */
import HelpPanel from "@cloudscape-design/components/help-panel";
import Link from "@cloudscape-design/components/link";
import { createContext, type ReactNode, useContext } from "react";
import type { Messages } from "../i18n/messages.ts";
import { useText } from "../i18n/text.tsx";

type Topic = keyof Messages["help"]["topics"];

/** The topic of each page that has one, by the path of its route. */
const topics: Readonly<Record<string, Topic>> = {
  "/user-pools": "userPools",
  "/user-pools/create": "createPool",
  "/user-pools/:poolId/users": "users",
  "/user-pools/:poolId/users/create": "createUser",
  "/user-pools/:poolId/users/detail/:username": "user",
  "/user-pools/:poolId/groups": "groups",
  "/user-pools/:poolId/app-clients": "appClients",
  "/user-pools/:poolId/app-clients/create": "appClients",
  "/user-pools/:poolId/authentication-methods": "authenticationMethods",
  "/user-pools/:poolId/sign-in": "signIn",
  "/user-pools/:poolId/sign-up": "signUp",
  "/user-pools/:poolId/identity-providers": "providers",
  "/user-pools/:poolId/extensions": "extensions",
  "/user-pools/:poolId/domain": "domain",
  "/user-pools/:poolId/message-templates": "messages",
  "/user-pools/:poolId/try-it": "tryIt",
  "/iam/users": "iam",
  "/iam/users/create": "iam",
  "/iam/roles": "iam",
  "/iam/roles/create": "iam",
  "/token-decoder": "tokens",
  "/activity": "activity",
  "/inbox": "inbox",
  "/clock": "clock",
};

/** @param path of the route, such as `/user-pools/:poolId/users` */
export const helpTopicOf = (path: string | undefined): Topic | undefined =>
  path === undefined ? undefined : topics[path];

const OpenContext = createContext<(() => void) | undefined>(undefined);

/** @param onOpen undefined on a page without help */
export function HelpProvider({
  onOpen,
  children,
}: {
  readonly onOpen: (() => void) | undefined;
  readonly children: ReactNode;
}) {
  return <OpenContext value={onOpen}>{children}</OpenContext>;
}

/** Opens the help of the page; nothing on a page without help. */
export function InfoLink() {
  const text = useText().help;
  const open = useContext(OpenContext);
  if (open === undefined) return null;
  return (
    <Link variant="info" onFollow={open} ariaLabel={text.open}>
      {text.info}
    </Link>
  );
}

export function Help({ topic }: { readonly topic: Topic }) {
  const text = useText().help;
  const { title, paragraphs, points = [] } = text.topics[topic];
  return (
    <HelpPanel header={<h2>{title}</h2>}>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {points.length > 0 && (
        <dl>
          {points.map(([term, meaning]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
    </HelpPanel>
  );
}
