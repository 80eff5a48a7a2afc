/**
 * Replicas of a pool in another region. One server holds every region, so a replica is only a record of the pool with a
 * state and an ARN. The data needs no copy.
 *
 * @see Developer Guide, "Multi-Region replication for user pools"
 */
import {
  FeatureUnavailableInTierException,
  InvalidParameterException,
  ResourceNotFoundException,
  type UserPoolReplicaType,
} from "../../api-model/index.ts";
import { poolArn, regionOf } from "../../pool-ids.ts";
import type { ReplicaRecord, UserPoolRecord, UserPoolSettings } from "../../storage/index.ts";

export function replicasOf({ settings }: UserPoolRecord): readonly ReplicaRecord[] {
  return settings.Replicas ?? [];
}

/** @throws ResourceNotFoundException the pool has no replica there; the text is ours */
export function requireReplica(pool: UserPoolRecord, region: string): ReplicaRecord {
  const replica = replicasOf(pool).find((other) => other.region === region);
  if (!replica) throw new ResourceNotFoundException(`User pool ${pool.id} has no replica in ${region}.`);
  return replica;
}

/** Keys of AWS KMS that can be in several regions are named so. @see AWS KMS Developer Guide, "Multi-Region keys" */
const MULTI_REGION_KEY = /:key\/mrk-/;

/**
 * Refuses settings with which a pool cannot have the replica that it has. The texts are ours: Cognito's are not known.
 *
 * @throws InvalidParameterException the pool lacks its own multi-Region key or the newer issuer
 */
export function checkReplicatedSettings({
  Replicas,
  KeyConfiguration,
  IssuerConfiguration,
}: UserPoolSettings): void {
  if (Replicas === undefined) return;
  const { KeyType, KmsKeyArn = "" } = KeyConfiguration ?? {};
  if (KeyType !== "CUSTOMER_MANAGED_KEY" || !MULTI_REGION_KEY.test(KmsKeyArn)) {
    throw new InvalidParameterException("Replication needs a customer managed multi-Region key.");
  }
  if (IssuerConfiguration?.Type !== "UPDATED") {
    throw new InvalidParameterException("Replication needs an IssuerConfiguration of the type UPDATED.");
  }
}

/**
 * Refuses a replica of a pool that cannot have one. The texts are ours: Cognito's are not known.
 *
 * @throws FeatureUnavailableInTierException the pool's plan is LITE
 * @throws InvalidParameterException the region is the pool's own
 */
export function checkReplication({ id, settings }: UserPoolRecord, region: string): void {
  if (settings.UserPoolTier === "LITE") {
    throw new FeatureUnavailableInTierException(
      "The following feature is not available for the LITE pricing tier configured: Multi-Region Replication",
    );
  }
  if (region === regionOf(id)) {
    throw new InvalidParameterException("A replica must be in another region than its user pool.");
  }
}

/** @param status other than the replica's, if the answer shows a change in progress */
export function replicaType(
  pool: UserPoolRecord,
  replica: ReplicaRecord,
  accountId: string,
  status: UserPoolReplicaType["Status"] = replica.status,
): UserPoolReplicaType {
  return {
    RegionName: replica.region,
    Status: status,
    Role: "SECONDARY",
    UserPoolArn: poolArn(accountId, pool.id, replica.region),
  };
}

export function primaryType(pool: UserPoolRecord, accountId: string): UserPoolReplicaType {
  return {
    RegionName: regionOf(pool.id),
    Status: "ACTIVE",
    Role: "PRIMARY",
    UserPoolArn: poolArn(accountId, pool.id),
  };
}

/** The pool with other replicas. */
export function withReplicas(pool: UserPoolRecord, replicas: readonly ReplicaRecord[]): UserPoolRecord {
  const { Replicas: _, ...settings } = pool.settings;
  return { ...pool, settings: { ...settings, ...(replicas.length > 0 && { Replicas: replicas }) } };
}
