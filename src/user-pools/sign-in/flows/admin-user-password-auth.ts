import type { Flow } from "../flow.ts";
import { provePassword } from "./password.ts";

/** Sign-in by user name and password on an administrator's behalf; once called ADMIN_NO_SRP_AUTH. */
export const adminUserPasswordAuth: Flow = {
  name: "ADMIN_USER_PASSWORD_AUTH",
  channels: ["admin"],
  notEnabledMessage: "Auth flow not enabled for this client",
  namesUserBy: "USERNAME",
  begin: provePassword,
};
