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
    ["more names than any endpoint has", "a&".repeat(500_000)],
    ["a value that is longer than any endpoint accepts", `scope=${"a+".repeat(500_000)}`],
  ])("are refused with %s", (_what, body) => expect(() => post(body)).toThrow(UnclearParameters));
});
