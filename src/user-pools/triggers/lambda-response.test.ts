import { describe, expect, it } from "vitest";
import { InvalidLambdaResponseException } from "../../api-model/index.ts";
import { responseOf } from "./lambda-response.ts";

const read = (response: string, trigger = "CreateAuthChallenge") =>
  responseOf(trigger, "jane", { kind: "answered", payload: `{"userName":"jane","response":${response}}` });

describe("the response of a function", () => {
  it("can have unknown members", () =>
    expect(read('{"publicChallengeParameters":{"hint":"?"},"other":1}')).toEqual({
      publicChallengeParameters: { hint: "?" },
      other: 1,
    }));

  it("is read without members named __proto__", () => {
    const { publicChallengeParameters } = read(
      '{"__proto__":{"polluted":true},"publicChallengeParameters":{"__proto__":{"hint":1},"hint":"?"}}',
    );
    expect(Object.entries(publicChallengeParameters as object)).toEqual([["hint", "?"]]);
    expect({}).not.toHaveProperty("polluted");
  });

  it.each(['{"publicChallengeParameters":{"hint":1}}', "[]", "null", '"text"'])(
    "is refused as %s",
    (response) => expect(() => read(response)).toThrow("Unrecognizable lambda output"),
  );

  const whole = (payload: string) => responseOf("CreateAuthChallenge", "jane", { kind: "answered", payload });

  it.each(['{"userName":"jane"}', "{}", "[]", '"text"', "1", "null"])(
    "is refused in the answer %s",
    (payload) => expect(() => whole(payload)).toThrow("Unrecognizable lambda output"),
  );

  it.each(["[]", "null", '"text"', "1"])(
    "is refused as %s by a trigger that reads nothing of it",
    (response) => expect(() => read(response, "PostConfirmation")).toThrow("Unrecognizable lambda output"),
  );

  it("is accepted without the user's name, and refused with another", () => {
    expect(whole('{"response":{"challengeMetadata":"a"}}')).toEqual({ challengeMetadata: "a" });
    expect(() => whole('{"userName":"john","response":{}}')).toThrow(InvalidLambdaResponseException);
  });
});
