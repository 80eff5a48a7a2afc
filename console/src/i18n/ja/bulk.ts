import type { Messages } from "../messages.ts";

export const bulkDialog: Messages["bulkDialog"] = {
  failed: (failures, count, first) =>
    `${count} 件のうち ${failures} 件を処理できませんでした。最初のエラー: ${first}`,
  more: (count) => `ほか ${count} 件`,
  typed: "delete",
};

export const bulkDelete: Messages["bulkDelete"] = {
  pools: {
    title: "ユーザープールを削除",
    item: (name, id, users) => `${name} (${id}): ユーザー ${users} 人`,
    lost: (count, users) =>
      `${count} 個のユーザープールと、${users} 人のユーザー、すべてのグループ、アプリケーションクライアント、ID プロバイダー、ドメイン、署名キーが完全に削除されます。これらのユーザープールでサインインするアプリケーションは動作しなくなります。`,
    allProtected: "選択したユーザープールでは、すべて削除保護がアクティブになっています。",
    unprotect: (names) => `${names.join("、")} の削除保護を非アクティブ化`,
    protectedHint: "選択しない場合、保護されたユーザープールは削除されません。",
    done: (count) => `${count} 個のユーザープールが削除されました。`,
  },
  groups: {
    title: "グループを削除",
    lost: (count) =>
      `${count} 個のグループとそのメンバーシップが完全に削除されます。メンバーのユーザーは削除されません。`,
    done: (count) => `${count} 個のグループが削除されました。`,
  },
  clients: {
    title: "アプリケーションクライアントを削除",
    lost: (count) =>
      `${count} 個のアプリケーションクライアントが、シークレットと設定とともに完全に削除されます。これらの ID を使用するアプリケーションではサインインできなくなります。`,
    done: (count) => `${count} 個のアプリケーションクライアントが削除されました。`,
  },
  providers: {
    title: "ID プロバイダーを削除",
    lost: (count) =>
      `${count} 個の ID プロバイダーが、設定とシークレットとともに完全に削除されます。これらのプロバイダーのユーザーは残りますが、サインインできなくなります。`,
    done: (count) => `${count} 個の ID プロバイダーが削除されました。`,
  },
};
