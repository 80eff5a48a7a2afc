/** The attributes that ListUsers can search by, in the console's order. The console shares this list. */
export const searchableAttributes = [
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
] as const;

export type SearchableAttribute = (typeof searchableAttributes)[number];
