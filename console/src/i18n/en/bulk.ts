/** Actions on several items of a list. */
export const bulkDialog = {
  failed: (failures: number, count: number, first: string) =>
    `${failures} of ${count} failed. The first: ${first}`,
  more: (count: number) => `and ${count} more`,
  typed: "delete",
};

const counted = (count: number, what: string) => (count === 1 ? `1 ${what}` : `${count} ${what}s`);

export const bulkDelete = {
  pools: {
    title: "Delete user pools",
    item: (name: string, id: string, users: number) => `${name} (${id}): ${counted(users, "user")}`,
    lost: (count: number, users: number) =>
      `${counted(count, "user pool")} will be deleted for good, with ${counted(users, "user")} and all groups, app clients, identity providers, domains and signing keys. Applications that sign in with them stop working.`,
    allProtected: "Deletion protection is active for all of these user pools.",
    unprotect: (names: readonly string[]) => `Deactivate deletion protection of ${names.join(", ")}`,
    protectedHint: "Otherwise protected user pools are kept.",
    done: (count: number) => `Deleted: ${counted(count, "user pool")}.`,
  },
  groups: {
    title: "Delete groups",
    lost: (count: number) =>
      `${counted(count, "group")} will be deleted for good, with their memberships. Their members stay users.`,
    done: (count: number) => `Deleted: ${counted(count, "group")}.`,
  },
  clients: {
    title: "Delete app clients",
    lost: (count: number) =>
      `${counted(count, "app client")} will be deleted for good, with their secrets and settings. Applications that use their IDs can't sign users in any more.`,
    done: (count: number) => `Deleted: ${counted(count, "app client")}.`,
  },
  providers: {
    title: "Delete identity providers",
    lost: (count: number) =>
      `${counted(count, "identity provider")} will be deleted for good, with their settings and secrets. Their users stay, and can no longer sign in.`,
    done: (count: number) => `Deleted: ${counted(count, "identity provider")}.`,
  },
};
