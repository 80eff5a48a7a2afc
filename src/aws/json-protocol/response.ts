/** An answer, as the HTTP server sends it. */
export interface JsonResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const JSON_CONTENT_TYPE = "application/x-amz-json-1.1";
