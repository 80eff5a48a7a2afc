import { describe, expect, it } from "vitest";
import { parseYaml, YamlError } from "./yaml.ts";

describe("YAML", () => {
  it("is read, as is JSON", async () => {
    expect(await parseYaml('a: [1, "x"]')).toEqual({ a: [1, "x"] });
    expect(await parseYaml('{"a": null}')).toEqual({ a: null });
    expect(await parseYaml("")).toBeNull();
  });

  it.each([
    ['users:\n  - password: "hunter2\n', 'Missing closing "quote at line 3, column 1'],
    ["password: hunter2: x", "Nested mappings are not allowed in compact mappings at line 1, column 11"],
    ["password: *hunter2", "an alias has no anchor"],
    ["\tpassword: hunter2", "Tabs are not allowed as indentation at line 1, column 1"],
  ])(
    "with a syntax error in %j is rejected by a message that quotes nothing of the text",
    async (text, message) => {
      const refusal = await parseYaml(text).catch((error: unknown) => error);
      expect(refusal).toEqual(new YamlError(message));
      // A cause would be printed together with this error.
      expect((refusal as Error).cause).toBeUndefined();
    },
  );
});
