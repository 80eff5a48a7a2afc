import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { loginPageUrl } from "../../rules/app-clients/login-pages.ts";
import { poolUrl } from "../../rules/branding/domains.ts";

/** Opens the login page as the client's application does. */
export function ViewLoginPage({ client }: { readonly client: UserPoolClientType }) {
  const text = useText().clientFeatures.loginPages;
  const { endpoint } = useSession().me;
  const url = loginPageUrl(poolUrl(endpoint, client.UserPoolId ?? ""), client);
  return (
    <Button
      iconName="external"
      iconAlign="right"
      ariaLabel={text.viewHint}
      {...(url === undefined
        ? { disabled: true, disabledReason: text.cannotView }
        : { href: url, target: "_blank" })}
    >
      {text.view}
    </Button>
  );
}
