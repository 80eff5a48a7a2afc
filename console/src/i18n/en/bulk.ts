/** Actions on several items of a list. */
export const bulkDialog = {
  failed: (failures: number, count: number, first: string) =>
    `${failures} of ${count} failed. The first: ${first}`,
  more: (count: number) => `and ${count} more`,
  typed: "delete",
};

const people = (count: number) => (count === 1 ? "1 user" : `${count} users`);
const poolCount = (count: number) => (count === 1 ? "1 user pool" : `${count} user pools`);

export const bulkDelete = {
  pools: {
    title: "Delete user pools",
    item: (name: string, id: string, users: number) => `${name} (${id}): ${people(users)}`,
    lost: (count: number, users: number) =>
      `${poolCount(count)} will be deleted for good, with ${people(users)} and all groups, app clients, identity providers, domains and signing keys. Applications that sign in with them stop working.`,
    allProtected: "Deletion protection is active for all of these user pools.",
    unprotect: (names: readonly string[]) => `Deactivate deletion protection of ${names.join(", ")}`,
    protectedHint: "Otherwise protected user pools are kept.",
    done: (count: number) => `Deleted: ${poolCount(count)}.`,
  },
  groups: {
    title: "Delete groups",
    lost: (count: number) =>
      `${count === 1 ? "1 group" : `${count} groups`} will be deleted for good, with their memberships. Their members stay users.`,
    done: (count: number) => `Deleted: ${count === 1 ? "1 group" : `${count} groups`}.`,
  },
  clients: {
    title: "Delete app clients",
    lost: (count: number) =>
      `${count === 1 ? "1 app client" : `${count} app clients`} will be deleted for good, with their secrets and settings. Applications that use their IDs can't sign users in any more.`,
    done: (count: number) => `Deleted: ${count === 1 ? "1 app client" : `${count} app clients`}.`,
  },
  providers: {
    title: "Delete identity providers",
    lost: (count: number) =>
      `${count === 1 ? "1 identity provider" : `${count} identity providers`} will be deleted for good, with their settings and secrets. Their users stay, and can no longer sign in.`,
    done: (count: number) =>
      `Deleted: ${count === 1 ? "1 identity provider" : `${count} identity providers`}.`,
  },
};
