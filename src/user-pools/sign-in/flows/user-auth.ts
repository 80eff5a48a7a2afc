import { UnsupportedOperationException } from "../../../api-model/index.ts";
import type { Flow } from "../flow.ts";

/** Sign-in by a factor that the user chooses. Not built yet. */
export const userAuth: Flow = {
  name: "USER_AUTH",
  channels: ["public", "admin"],
  notEnabledMessage: "USER_AUTH is not enabled for the client.",
  namesUserBy: "USERNAME",
  async begin() {
    throw new UnsupportedOperationException("This server does not offer the USER_AUTH flow yet.");
  },
};
