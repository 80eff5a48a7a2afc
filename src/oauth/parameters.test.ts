import type { FastifyRequest } from "fastify";
import { describe, expect, it } from "vitest";
import { formOf, UnclearParameters } from "./parameters.ts";

const post = (body: string) =>
  formOf({ url: "/oauth2/token?client_id=x", body: Buffer.from(body) } as unknown as FastifyRequest);

describe("the parameters of a form", () => {
  it("come from the body and the query string, without empty ones", () =>
    expect([...post("grant_type=refresh_token&scope=a+b&state=")]).toEqual([
      ["client_id", "x"],
      ["grant_type", "refresh_token"],
      ["scope", "a b"],
    ]));

  it.each([
    ["a name that is given twice", "scope=a&scope=b"],
    ["101 pairs", "a=&".repeat(101)],
    ["65,537 characters", `scope=${"a".repeat(65_531)}`],
  ])("are refused with %s", (_what, body) => expect(() => post(body)).toThrow(UnclearParameters));

  it.each([
    ["100 pairs", "a=&".repeat(100)],
    ["65,536 characters", `scope=${"a".repeat(65_530)}`],
  ])("are read with %s", (_what, body) => expect(post(body).get("client_id")).toBe("x"));
});
