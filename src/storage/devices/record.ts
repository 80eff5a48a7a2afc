/** The SRP-6a verifier that a device chose for itself, in the 3072-bit group. *Sealed.* */
interface DeviceVerifierRecord {
  readonly saltHex: string;
  /** Big-endian bytes. */
  readonly verifier: Uint8Array;
}

export interface DeviceRecord {
  readonly poolId: string;
  readonly sub: string;
  /** Unique in the pool; `region_uuid`. */
  readonly deviceKey: string;
  readonly deviceGroupKey: string;
  /** Absent until ConfirmDevice gives it. */
  readonly verifier?: DeviceVerifierRecord | undefined;
  readonly name?: string | undefined;
  readonly status: "remembered" | "not_remembered";
  /** Whether the user has proved a second factor on the device. */
  readonly hasProvedMfa?: true | undefined;
  readonly lastIpAddress?: string | undefined;
  readonly lastAuthenticatedAt: number;
  readonly createdAt: number;
  readonly lastModifiedAt: number;
}
