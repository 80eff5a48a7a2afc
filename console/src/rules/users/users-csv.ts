import type { UserType } from "@aws-sdk/client-cognito-identity-provider";

/**
 * Lines of a CSV file about users, in the form of RFC 4180: the user's own columns, then one for each attribute.
 *
 * @param attributes names of the pool's attributes
 */
export function usersCsv(users: readonly UserType[], attributes: readonly string[]): string {
  const header = ["cognito:username", "status", "enabled", "created", "last_modified", ...attributes];
  const rows = users.map((user) => {
    const values = new Map(user.Attributes?.map(({ Name = "", Value = "" }) => [Name, Value]));
    return [
      user.Username ?? "",
      user.UserStatus ?? "",
      String(user.Enabled ?? true),
      user.UserCreateDate?.toISOString() ?? "",
      user.UserLastModifiedDate?.toISOString() ?? "",
      ...attributes.map((name) => values.get(name) ?? ""),
    ];
  });
  return [header, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  return `"${withoutFormula(text).replaceAll('"', '""')}"`;
}

/**
 * A cell that a spreadsheet would run as a formula begins with an apostrophe. A number with its sign, such as a phone number,
 * is none.
 *
 * @see OWASP, "CSV Injection"
 */
function withoutFormula(text: string): string {
  return /^[=@\t\r]/.test(text) || /^[+-](?!\d+$)/.test(text) ? `'${text}` : text;
}
