import type { Surface } from "../http/index.ts";
import {
  assetSurface,
  confirmUserSurface,
  eventFeedbackSurface,
  logoSurface,
  storedAsset,
} from "../managed-login/index.ts";
import { type AddressLimit, createFormLimit, type OAuthDependencies, pagesSurface } from "../oauth/index.ts";
import { confirmByLink, customizedLogo, operations } from "../user-pools/index.ts";
import type { Server } from "./surfaces.ts";

/** The pages for browsers: managed login, those behind links in messages, and their images. */
export function pages(server: Server, dependencies: OAuthDependencies): Surface {
  const { part } = server;
  const takesForm =
    part === undefined
      ? createFormLimit()
      : (...form: Parameters<AddressLimit>) => part.ask("takeForm", ...form);
  return async (app) => {
    app.register(pagesSurface({ ...dependencies, takesForm }));
    app.register(confirmUser(server));
    app.register(eventFeedback(server));
    app.register(logos(server));
    app.register(brandingAssets(server));
  };
}

/** Links in confirmation e-mails. The request has only an address and a browser. */
function confirmUser({ settings, ports, domain }: Server): Surface {
  return confirmUserSurface({
    log: ports.log,
    async confirm({ clientId, username, code, sourceIp, userAgent }) {
      const requestId = ports.random.uuid();
      const received = { requestId, region: settings.region, callerArn: undefined, sourceIp, userAgent };
      await confirmByLink({ clientId, username, code }, domain.contextOf(received, {}));
    },
  });
}

/** Links in notifications of risky sign-ins. */
function eventFeedback({ settings, ports, domain }: Server): Surface {
  return eventFeedbackSurface({
    log: ports.log,
    async give(input) {
      const requestId = ports.random.uuid();
      const received = {
        requestId,
        region: settings.region,
        callerArn: undefined,
        sourceIp: undefined,
        userAgent: undefined,
      };
      await operations.UpdateAuthEventFeedback(input, domain.contextOf(received, input));
    },
  });
}

function logos({ ports }: Server): Surface {
  return logoSurface((path) => customizedLogo(ports.store, path));
}

function brandingAssets({ ports }: Server): Surface {
  return assetSurface((path) => storedAsset(ports.store, path));
}
