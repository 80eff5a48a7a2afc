import { describe, expect, it } from "vitest";
import { EnableSoftwareTokenMFAException, ExpiredCodeException } from "../../api-model/index.ts";
import { DatabaseUnavailable } from "../errors.ts";
import { asStoreError } from "./errors.ts";

describe("an error of a transaction", () => {
  it.each([
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "08006",
    "25006",
    "25P03",
    "53300",
    "57P01",
    "CERT_HAS_EXPIRED",
  ])("becomes DatabaseUnavailable if it has the code %s", (code) =>
    expect(asStoreError(Object.assign(new Error("x"), { code }))).toBeInstanceOf(DatabaseUnavailable),
  );

  it.each([new ExpiredCodeException("connection"), new EnableSoftwareTokenMFAException("timeout")])(
    "stays %s if the transaction's work threw it",
    (error) => expect(asStoreError(error)).toBe(error),
  );
});
