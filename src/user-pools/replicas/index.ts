/** Replicas of a pool in another region: which can be, and how the API shows them. */
export {
  checkReplicatedSettings,
  checkReplication,
  primaryType,
  replicasOf,
  replicaType,
  requireReplica,
  withReplicas,
} from "./replicas.ts";
