import { describe, expect, it } from "vitest";
import { applyAttributes, newAttributes, removeAttributes } from "./apply-attributes.ts";

const given = (values: Record<string, string | undefined>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

const jane = { email: "jane@example.com", email_verified: "true", name: "Jane" };

describe("the attributes of a new user", () => {
  it("are the given ones with the last value of each, without empty values and added flags", () =>
    expect(
      newAttributes(
        [...given({ name: "J", nickname: "", email: "jane@example.com" }), ...given({ name: "Jane" })],
        { withFlags: false },
      ),
    ).toEqual({ name: "Jane", email: "jane@example.com" }));

  it("have false flags after a sign-up", () =>
    expect(newAttributes(given({ email: "jane@example.com", name: "Jane" }), { withFlags: true })).toEqual({
      email: "jane@example.com",
      email_verified: "false",
      name: "Jane",
    }));

  it("store verified flags as true and false, for every accepted spelling", () =>
    expect(
      newAttributes(given({ email: "jane@example.com", email_verified: "True" }), { withFlags: true }),
    ).toEqual({
      email: "jane@example.com",
      email_verified: "true",
    }));

  it.each([
    ["email_verified", "email"],
    ["phone_number_verified", "phone_number"],
  ])("cannot have %s without %s", (flag, address) =>
    expect(() => newAttributes(given({ [flag]: "true" }), { withFlags: false })).toThrow(
      `${flag} cannot be true for a user without ${address}.`,
    ),
  );
});

describe("a change of attributes", () => {
  it("makes a new address unverified", () =>
    expect(applyAttributes(jane, given({ email: "j@example.com" }))).toEqual({
      ...jane,
      email: "j@example.com",
      email_verified: "false",
    }));

  it("makes an added address unverified", () =>
    expect(applyAttributes(jane, given({ phone_number: "+1555" }))).toEqual({
      ...jane,
      phone_number: "+1555",
      phone_number_verified: "false",
    }));

  it("sets a flag that is given with the address", () =>
    expect(applyAttributes(jane, given({ email: "j@example.com", email_verified: "true" }))).toEqual({
      ...jane,
      email: "j@example.com",
    }));

  it("keeps the flag if the address stays the same", () =>
    expect(applyAttributes(jane, given({ email: "jane@example.com", name: "J" }))).toEqual({
      ...jane,
      name: "J",
    }));

  it("removes an attribute by an empty or missing value, and an address with its flag", () => {
    expect(applyAttributes(jane, given({ name: "" }))).toEqual({ email: jane.email, email_verified: "true" });
    expect(applyAttributes(jane, given({ email: undefined }))).toEqual({ name: "Jane" });
    expect(removeAttributes(jane, ["email", "nickname"])).toEqual({ name: "Jane" });
  });

  it("removes the flag of an address that was not there, too", () =>
    expect(removeAttributes({ name: "Jane", email_verified: "false" }, ["email"])).toEqual({ name: "Jane" }));

  it("does not modify its input", () => {
    applyAttributes(jane, given({ email: "", name: "J" }));
    expect(jane).toEqual({ email: "jane@example.com", email_verified: "true", name: "Jane" });
  });
});
