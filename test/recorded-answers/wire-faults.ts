import type { OperationName } from "../../src/api-model/index.ts";
import { type Expected, type Json, refusal } from "./entry.ts";

/** A call under an `Authorization` that is wrong or absent; recorded by SFX login_workflows. */
export interface WireFault {
  readonly title: string;
  readonly operation: OperationName;
  readonly input: Json;
  readonly authorization?: string;
  readonly answer: Expected;
}

const LIST = { operation: "ListUserPools", input: { MaxResults: 1 } } as const;

export const wireFaults: readonly WireFault[] = [
  {
    title: "a signed operation without Authorization",
    ...LIST,
    answer: refusal("MissingAuthenticationTokenException", "Missing Authentication Token"),
  },
  {
    title: "a signed operation with an Authorization of one word",
    ...LIST,
    authorization: "some-word",
    answer: refusal(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=2swFTh1wKiBZGmmedUO4NySgg7v5pJbzPDAY4Bbz8Ic=",
    ),
  },
  {
    title: "an unsigned operation with an Authorization of one word",
    operation: "GetUser",
    input: { AccessToken: "rubbish" },
    authorization: "some-word",
    answer: refusal("NotAuthorizedException", "Invalid Access Token"),
  },
];
