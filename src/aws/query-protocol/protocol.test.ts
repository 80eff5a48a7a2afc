import { describe, expect, it } from "vitest";
import type { Shape } from "../../api-model/index.ts";
import type { ReceivedRequest } from "../../http/index.ts";
import { iamModel, ValidationError } from "../../iam/index.ts";
import { readForm } from "./form.ts";
import { readInput } from "./read-input.ts";
import { writeError, writeResult } from "./response.ts";
import { queryServiceOf } from "./service.ts";

function request(body: string, headers: Record<string, string> = {}, rest = {}): ReceivedRequest {
  const rawHeaders = Object.entries(headers);
  return { method: "POST", rawPath: "/", rawQuery: "", rawHeaders, body: Buffer.from(body), ...rest };
}

describe("the service of a request", () => {
  const signed = (service: string) => ({
    Authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260115/us-east-1/${service}/aws4_request, SignedHeaders=host`,
  });

  it.each([
    ["STS by the Version in the form", request("Action=X&Version=2011-06-15"), "sts"],
    ["IAM by the Version in the form", request("Version=2010-05-08&Action=X"), "iam"],
    [
      "STS by the Version in the query string of a GET",
      request("", {}, { method: "GET", rawQuery: "Version=2011-06-15" }),
      "sts",
    ],
    ["IAM by the scope of the signature", request("Action=X", signed("iam")), "iam"],
    [
      "unknown without a Version and with the scope of another service",
      request("{}", signed("s3")),
      undefined,
    ],
  ])("is %s", (_, received, service) => expect(queryServiceOf(received)).toBe(service));
});

describe("forms", () => {
  it("are rejected before parsing if they have more fields than any operation", () => {
    const read = (fields: number) => readForm(request(`Action=X&${"a&".repeat(fields - 2)}b=1`));
    expect(read(3000).get("b")).toBe("1");
    expect(() => read(3001)).toThrow(ValidationError);
    expect(() => readForm(request("a&".repeat(524_000)))).toThrow("more than 3000 parameters");
  });

  it("drop fields with names longer than those of any operation", () => {
    const long = "a".repeat(257);
    expect([...readForm(request(`${long}=1&b=2`)).keys()]).toEqual(["b"]);
  });

  const read = (form: string, operation: Parameters<typeof iamModel.operation>[0]) =>
    readInput(readForm(request(form)), iamModel.operation(operation).input, iamModel.shape);

  it("become structures and lists, ordered by index, with gaps closed", () => {
    const form =
      "UserName=a%20b%2Bc&Tags.member.2.Key=k2&Tags.member.10.Key=k10&Tags.member.2.Value=v+2&Other=1";
    expect(read(form, "CreateUser")).toEqual({
      UserName: "a b+c",
      Tags: [{ Key: "k2", Value: "v 2" }, { Key: "k10" }],
    });
  });

  it("distinguish an empty list from an absent one", () => {
    expect(read("ClientIDList=&Url=x", "CreateOpenIDConnectProvider")).toEqual({
      ClientIDList: [],
      Url: "x",
    });
    expect(read("Url=x", "CreateOpenIDConnectProvider")).toEqual({ Url: "x" });
  });

  it("contain numbers and booleans as text, and reject other text in their place", () => {
    expect(read("RoleName=r&MaxSessionDuration=3600", "UpdateRole")).toEqual({
      RoleName: "r",
      MaxSessionDuration: 3600,
    });
    expect(read("OnlyAttached=true", "ListPolicies")).toEqual({ OnlyAttached: true });
    expect(() => read("MaxSessionDuration=1e3", "UpdateRole")).toThrow("'1e3' at 'maxSessionDuration'");
    expect(() => read("OnlyAttached=yes", "ListPolicies")).toThrow("'yes' at 'onlyAttached'");
  });

  it("are parsed in time proportional to the number of fields", () => {
    const count = 3_000;
    const many = Array.from({ length: count }, (_, index) => `Tags.member.${index + 1}.Key=`).join("&");
    const fields = readForm(request(many));
    let glances = 0;
    const counted = new Proxy(fields, {
      get(target, name) {
        glances += name === "keys" || name === Symbol.iterator || name === "entries" ? count : 1;
        const member = Reflect.get(target, name);
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
    const { input } = iamModel.operation("CreateUser");
    expect(readInput(counted, input, iamModel.shape).Tags).toHaveLength(count);
    expect(glances).toBeLessThan(10 * count);
  });

  it("ignore fields deeper than any member, and indexes that are not plain numbers", () => {
    const form = `Tags.member.1${".Key".repeat(10)}=x&Tags.member.01.Key=y&Tags.member.-1.Key=z&Tags.member.2.Key=k`;
    expect(read(form, "CreateUser")).toEqual({ Tags: [{ Key: "k" }] });
  });

  it("must not contain U+0000, which not every database accepts", () =>
    expect(() => readForm(request("UserName=a%00"))).toThrow(ValidationError));

  it("use the first value of a field that is given twice", () =>
    expect(read("UserName=a&UserName=b", "GetUser")).toEqual({ UserName: "a" }));
});

describe("answers", () => {
  const write = (name: Parameters<typeof iamModel.operation>[0], output: object) =>
    writeResult(
      { service: "iam", name, model: iamModel.operation(name), shapeOf: iamModel.shape },
      output,
      "id",
    ).body;

  it("have a result element, members in the model's order, and times in ISO 8601", () => {
    const User = {
      CreateDate: Date.UTC(2026, 0, 15, 12, 34, 56),
      UserName: "alice",
      Path: "/",
      UserId: "AIDA",
      Arn: "arn",
    };
    expect(write("CreateUser", { User })).toBe(
      '<CreateUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><CreateUserResult><User><Path>/</Path><UserName>alice</UserName><UserId>AIDA</UserId><Arn>arn</Arn><CreateDate>2026-01-15T12:34:56Z</CreateDate></User></CreateUserResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></CreateUserResponse>\n',
    );
  });

  it("have an empty result for UpdateRole, and no result for operations without output", () => {
    expect(write("UpdateRole", {})).toContain("<UpdateRoleResult></UpdateRoleResult>");
    expect(write("DeleteRole", {})).not.toContain("Result");
  });

  it("write lists as member elements, maps as entries, and policy documents percent-encoded", () => {
    expect(write("ListUserPolicies", { PolicyNames: ["a", "b"], IsTruncated: false })).toContain(
      "<PolicyNames><member>a</member><member>b</member></PolicyNames><IsTruncated>false</IsTruncated>",
    );
    expect(write("GetAccountSummary", { SummaryMap: { Users: 1 } })).toContain(
      "<SummaryMap><entry><key>Users</key><value>1</value></entry></SummaryMap>",
    );
    const PolicyDocument = `{"Version":"2012-10-17","x":"*!'()"}`;
    expect(write("GetUserPolicy", { UserName: "a", PolicyName: "p", PolicyDocument })).toContain(
      "<PolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22x%22%3A%22%2A%21%27%28%29%22%7D</PolicyDocument>",
    );
  });

  it("are well-formed XML with any text", () => {
    const shape: Shape = { type: "string" };
    const text = "<&>\r\n\t\0\ud800é😀]]>";
    const { body } = writeResult(
      {
        service: "sts",
        name: "X",
        model: { input: "In", output: "Out", errors: [] },
        shapeOf: (name) => (name === "Out" ? { type: "structure", members: { T: "Text" } } : shape),
      },
      { T: text },
      "id",
    );
    expect(body).toContain("<T>&#60;&#38;&#62;&#13;\n\t\ufffd\ufffdé😀]]&#62;</T>");
  });

  it("state whether the sender or the receiver is at fault", () => {
    const fault = { code: "NoSuchEntity", status: 404, message: "a < b" };
    const { status, body, headers } = writeError("sts", fault, "id");
    expect(status).toBe(404);
    expect(body).toBe(
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>a &#60; b</Message></Error><RequestId>id</RequestId></ErrorResponse>\n',
    );
    expect(headers).toMatchObject({
      "Content-Type": "text/xml",
      "x-amzn-RequestId": "id",
      "Access-Control-Allow-Origin": "*",
    });
    expect(writeError("iam", { ...fault, status: 500 }, "id").body).toContain("<Type>Receiver</Type>");
  });
});
