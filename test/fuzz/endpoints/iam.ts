/** IAM and STS. */
import { iamModel, stsModel } from "../../../src/iam/api-model/index.ts";
import { ask, type Fields, type Visit } from "./ask.ts";

/** Calls an operation of IAM or STS with parameters that a caller would give it. */
const query =
  (model: typeof iamModel | typeof stsModel, version: string): Visit =>
  async (fuzz) => {
    const { random } = fuzz.world;
    const name = random.pickAny<string>(model.operationNames) ?? "";
    const shape = model.shape(model.operation(name as never).input);
    const members = shape.type === "structure" ? Object.keys(shape.members) : [];
    const required = shape.type === "structure" ? (shape.required ?? []) : [];
    const known: Fields = {
      UserName: random.pick(["fuzz", "fuzz2", "cognate"]),
      NewUserName: "fuzz2",
      RoleName: "fuzz",
      RoleArn: "arn:aws:iam::123456789012:role/fuzz",
      RoleSessionName: "fuzz",
      PolicyName: "fuzz",
      PolicyArn: "arn:aws:iam::123456789012:policy/fuzz",
      PolicySourceArn: "arn:aws:iam::123456789012:user/fuzz",
      PolicyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"cognito-idp:*","Resource":"*"}]}',
      AssumeRolePolicyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}',
      PermissionsBoundary: "arn:aws:iam::123456789012:policy/fuzz",
      Password: "Fuzz-Password-1",
      OldPassword: "Fuzz-Password-1",
      NewPassword: "Fuzz-Password-2",
      AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
      Status: "Inactive",
      VersionId: "v1",
      Url: "https://login.example.com",
      ClientID: "fuzz",
      OpenIDConnectProviderArn: "arn:aws:iam::123456789012:oidc-provider/login.example.com",
      "ActionNames.member.1": "cognito-idp:ListUsers",
      "Tags.member.1.Key": "stage",
      "Tags.member.1.Value": "fuzz",
      "TagKeys.member.1": "stage",
      "ClientIDList.member.1": "fuzz",
      Path: "/fuzz/",
      MaxItems: String(1 + random.below(50)),
    };
    const given = Object.entries(known).filter(([key]) => {
      const member = key.split(".")[0] ?? "";
      return members.includes(member) && (required.includes(member) || random.chance(0.3));
    });
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const service = model === (iamModel as unknown) ? "iam" : "sts";
    const authorizationHeader = `AWS4-HMAC-SHA256 Credential=AKIARECORDEDANSWERS0/${date.slice(0, 8)}/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
    const { status } = await ask(fuzz, {
      path: "/",
      form: { Action: name, Version: version, ...Object.fromEntries(given) },
      headers: { authorization: authorizationHeader, "x-amz-date": date },
    });
    return status;
  };

export const iamVisits: Readonly<Record<string, Visit>> = {
  iam: query(iamModel, "2010-05-08"),
  sts: query(stsModel as unknown as typeof iamModel, "2011-06-15"),
};
