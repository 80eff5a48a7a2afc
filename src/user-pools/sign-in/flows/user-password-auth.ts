import type { Flow } from "../flow.ts";
import { provePassword } from "./password.ts";

/** Sign-in by user name and password. */
export const userPasswordAuth: Flow = {
  name: "USER_PASSWORD_AUTH",
  channels: ["public", "admin"],
  notEnabledMessage: "USER_PASSWORD_AUTH flow not enabled for this client",
  namesUserBy: "USERNAME",
  begin: provePassword,
};
