import { describe, expect, it } from "vitest";
import { isUnsigned, operationModel, operationNames, shapeModel } from "../../src/api-model/index.ts";
import type { OperationModel, Shape } from "../../src/api-model/model.ts";
import { merge } from "./merge.ts";
import type { ModelSource } from "./model-source.ts";
import { readSdk } from "./read-sdk.ts";
import { errorsText, modelText, typesText } from "./write.ts";

function source(operations: Record<string, OperationModel>, shapes: Record<string, Shape>): ModelSource {
  return { operations: new Map(Object.entries(operations)), shapes: new Map(Object.entries(shapes)) };
}

const older = source(
  { Greet: { input: "GreetRequest", errors: ["RudeException"] } },
  {
    RudeException: { type: "structure", members: { message: "Text" }, exception: true },
    Text: { type: "string" },
    GreetRequest: { type: "structure", members: { Name: "NameType", Mood: "MoodType" }, required: ["Name"] },
    NameType: { type: "string", min: 1, max: 10, pattern: "\\w+" },
    MoodType: { type: "string", enum: ["GLAD"] },
    Forgotten: { type: "string" },
  },
);

const newer = source(
  {
    Leave: { input: "LeaveRequest", output: "LeaveResponse", unsigned: true, errors: [] },
    Greet: { input: "GreetRequest", errors: ["ColdException", "RudeException"] },
  },
  {
    MoodType: { type: "string", enum: ["GLAD", "SAD"] },
    ColdException: { type: "structure", members: { message: "Text" }, exception: true },
    GreetRequest: {
      type: "structure",
      members: { At: "Moment", Name: "UnconstrainedString", Mood: "MoodType" },
      required: ["At", "Name"],
    },
    UnconstrainedString: { type: "string" },
    Moment: { type: "timestamp" },
    LeaveRequest: { type: "structure", members: { Picture: "Bytes" } },
    LeaveResponse: { type: "structure", members: {} },
    Bytes: { type: "blob" },
  },
);

describe("the merged sources", () => {
  const model = merge(older, newer);

  it("have the operations and errors of both, in alphabetical order", () => {
    expect(Object.keys(model.operations)).toEqual(["Greet", "Leave"]);
    expect(model.operations.Greet?.errors).toEqual(["ColdException", "RudeException"]);
  });

  it("keep the constraints of the older and take members, requirements and values from the newer", () => {
    expect(model.shapes.GreetRequest).toEqual({
      type: "structure",
      members: { Name: "NameType", Mood: "MoodType", At: "Moment" },
      required: ["Name", "At"],
    });
    expect(model.shapes.MoodType).toEqual({ type: "string", enum: ["GLAD", "SAD"] });
  });

  it("lose shapes that no operation uses", () => {
    expect(Object.keys(model.shapes)).not.toContain("Forgotten");
    expect(Object.keys(model.shapes)).not.toContain("UnconstrainedString");
  });

  it("are written the same in whatever order they were read", () => {
    const reversed = ({ operations, shapes }: ModelSource): ModelSource => ({
      operations: new Map([...operations].reverse()),
      shapes: new Map([...shapes].reverse()),
    });
    expect(modelText(merge(reversed(older), reversed(newer)))).toBe(modelText(model));
  });

  it("become interfaces, unions and exception classes", () => {
    const types = typesText(model);
    expect(types).toContain(
      "export interface GreetRequest {\n  Name: string;\n  Mood?: MoodType | undefined;\n  At: number;\n}\n",
    );
    expect(types).toContain("export interface LeaveRequest {\n  Picture?: Uint8Array | undefined;\n}\n");
    expect(types).toContain("export type LeaveResponse = Record<string, never>;\n");
    expect(types).toContain("  Greet: { input: GreetRequest; output: Record<string, never> };\n");
    expect(types).toContain('export type ErrorName =\n  | "ColdException"\n  | "RudeException";\n');
    expect(errorsText(model)).toContain("export class RudeException extends ServiceException {");
  });

  it("stop the generator if they contradict each other", () => {
    const other = source({ Greet: { input: "LeaveRequest", errors: [] } }, Object.fromEntries(newer.shapes));
    expect(() => merge(older, other)).toThrow("Greet: the sources name different inputs or outputs");
  });
});

describe("the committed model", () => {
  const sdk = readSdk();

  it("has every operation of the installed SDK, with its errors", () => {
    expect(operationNames()).toEqual([...sdk.operations.keys()].sort());
    for (const name of operationNames()) {
      expect(operationModel(name).errors).toEqual(
        expect.arrayContaining([...(sdk.operations.get(name)?.errors ?? [])]),
      );
    }
  });

  it("marks as signed what the SDK signs, except one operation whose documentation decides", () => {
    const different = operationNames().filter(
      (name) => isUnsigned(name) !== (sdk.operations.get(name)?.unsigned === true),
    );
    expect(different).toEqual(["GetClientToken"]);
  });

  it("has every member of the installed SDK and requires what it requires", () => {
    for (const name of operationNames()) {
      const { input, output } = operationModel(name);
      for (const shapeName of [input, output ?? input]) {
        const ours = shapeModel(shapeName);
        const theirs = sdk.shapes.get(shapeName);
        if (ours.type !== "structure" || theirs?.type !== "structure")
          throw new Error(`${shapeName}: no structure`);
        expect(Object.keys(ours.members)).toEqual(expect.arrayContaining(Object.keys(theirs.members)));
        expect([...(ours.required ?? [])].sort()).toEqual([...(theirs.required ?? [])].sort());
      }
    }
  });
});
