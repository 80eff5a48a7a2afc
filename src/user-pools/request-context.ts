/**
 * The facts of the request that an operation answers. The protocol pipeline builds it once for each request; triggers,
 * risk, auth events and logs read it from the operation's context.
 */
export interface RequestContext {
  readonly requestId: string;
  /** Of the signature's scope; of this server's default for unsigned calls, which find their pool by client, session or token. */
  readonly region: string;
  /** ARN of the signer; undefined for operations without a signature. */
  readonly callerArn: string | undefined;
  /** Address of the connection, or the one that a trusted proxy names. Undefined for calls that no network carried. */
  readonly sourceIp: string | undefined;
  /** Header `User-Agent`, as sent. */
  readonly userAgent: string | undefined;
  /** Input member `ClientMetadata`; undefined when it was not sent. */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
  /** The `ClientMetadata` of a request that begins a sign-in: its triggers get it as `validationData` alone. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
  /** Input member `UserContextData` or, of administrators' operations, `ContextData`. */
  readonly userContextData: UserContextData | undefined;
}

/** An app's description of the user's device, for threat protection. */
export interface UserContextData {
  readonly ipAddress?: string | undefined;
  readonly encodedData?: string | undefined;
  readonly serverName?: string | undefined;
  readonly serverPath?: string | undefined;
  readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** The facts of a request before its input has been read. */
export type ReceivedContext = Omit<RequestContext, "clientMetadata" | "userContextData">;

/** Members that several operations' inputs share. The input has been validated against the API model. */
interface SharedInput {
  readonly ClientMetadata?: Readonly<Record<string, string>>;
  readonly UserContextData?: { readonly IpAddress?: string; readonly EncodedData?: string };
  readonly ContextData?: {
    readonly IpAddress: string;
    readonly ServerName: string;
    readonly ServerPath: string;
    readonly HttpHeaders: readonly { readonly headerName?: string; readonly headerValue?: string }[];
    readonly EncodedData?: string;
  };
}

/** @param input the operation's, validated */
export function requestContextOf(received: ReceivedContext, input: object): RequestContext {
  const { ClientMetadata, UserContextData, ContextData } = input as SharedInput;
  return {
    ...received,
    clientMetadata: ClientMetadata,
    userContextData:
      ContextData === undefined
        ? UserContextData && {
            ipAddress: UserContextData.IpAddress,
            encodedData: UserContextData.EncodedData,
          }
        : {
            ipAddress: ContextData.IpAddress,
            encodedData: ContextData.EncodedData,
            serverName: ContextData.ServerName,
            serverPath: ContextData.ServerPath,
            httpHeaders: ContextData.HttpHeaders.map(({ headerName = "", headerValue = "" }) => ({
              name: headerName,
              value: headerValue,
            })),
          },
  };
}
