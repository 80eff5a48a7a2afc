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
  "/user-pools/:poolId/overview": "overview",
  "/user-pools/:poolId/users": "users",
  "/user-pools/:poolId/users/create": "createUser",
  "/user-pools/:poolId/users/detail/:username": "user",
  "/user-pools/:poolId/users/detail/:username/edit": "user",
  "/user-pools/:poolId/users/import": "imports",
  "/user-pools/:poolId/groups": "groups",
  "/user-pools/:poolId/groups/create": "groups",
  "/user-pools/:poolId/groups/detail/:groupName": "groups",
  "/user-pools/:poolId/groups/detail/:groupName/edit": "groups",
  "/user-pools/:poolId/app-clients": "appClients",
  "/user-pools/:poolId/app-clients/create": "appClients",
  "/user-pools/:poolId/app-clients/detail/:clientId": "appClient",
  "/user-pools/:poolId/app-clients/detail/:clientId/set-up": "appClient",
  "/user-pools/:poolId/app-clients/detail/:clientId/edit": "appClient",
  "/user-pools/:poolId/app-clients/detail/:clientId/login-pages": "appClient",
  "/user-pools/:poolId/app-clients/detail/:clientId/attribute-permissions": "appClient",
  "/user-pools/:poolId/client-registration": "registration",
  "/user-pools/:poolId/authentication-methods": "authenticationMethods",
  "/user-pools/:poolId/authentication-methods/password-policy": "authenticationMethods",
  "/user-pools/:poolId/sign-in": "signIn",
  "/user-pools/:poolId/sign-up": "signUp",
  "/user-pools/:poolId/identity-providers": "providers",
  "/user-pools/:poolId/identity-providers/create": "providers",
  "/user-pools/:poolId/identity-providers/detail/:providerName": "providers",
  "/user-pools/:poolId/identity-providers/detail/:providerName/edit": "providers",
  "/user-pools/:poolId/extensions": "extensions",
  "/user-pools/:poolId/domain": "domain",
  "/user-pools/:poolId/message-templates": "messages",
  "/user-pools/:poolId/managed-login": "loginBranding",
  "/user-pools/:poolId/threat-protection": "threatProtection",
  "/user-pools/:poolId/log-streaming": "logDelivery",
  "/user-pools/:poolId/settings": "settings",
  "/provisioned-limits": "limits",
  "/user-pools/:poolId/try-it": "tryIt",
  "/iam/users": "iam",
  "/iam/users/create": "iam",
  "/iam/users/detail/:userName": "iam",
  "/iam/roles": "iam",
  "/iam/roles/create": "iam",
  "/iam/roles/detail/:roleName": "iam",
  "/token-decoder": "tokens",
  "/activity": "activity",
  "/inbox": "inbox",
  "/clock": "clock",
  "/snapshots": "snapshots",
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
