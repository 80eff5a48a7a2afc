import { describe, expect, it } from "vitest";
import { valueSetOrder } from "./java-hash-map.ts";

describe("values of an enum in a message", () => {
  /** As the service printed them in public reports; the input is the model's order of that time. */
  it.each([
    ["OFF ON OPTIONAL", "OPTIONAL OFF ON"],
    ["GET POST", "POST GET"],
    ["phone_number email", "phone_number email"],
    ["code implicit client_credentials", "implicit client_credentials code"],
    ["SIGN_IN PASSWORD_CHANGE SIGN_UP", "SIGN_IN PASSWORD_CHANGE SIGN_UP"],
    [
      "ADMIN_NO_SRP_AUTH CUSTOM_AUTH_FLOW_ONLY USER_PASSWORD_AUTH ALLOW_ADMIN_USER_PASSWORD_AUTH ALLOW_CUSTOM_AUTH ALLOW_USER_PASSWORD_AUTH ALLOW_USER_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH",
      "ALLOW_CUSTOM_AUTH ADMIN_NO_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH ALLOW_USER_PASSWORD_AUTH ALLOW_USER_SRP_AUTH CUSTOM_AUTH_FLOW_ONLY USER_PASSWORD_AUTH ALLOW_ADMIN_USER_PASSWORD_AUTH",
    ],
  ])("come in the service's order: %s", (model, printed) => {
    expect(valueSetOrder(model.split(" "))).toEqual(printed.split(" "));
  });
});
