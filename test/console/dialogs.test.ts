/** Dialogs whose input is not complete: the button says at the field what is missing, and acts on nothing. */
import {
  AdminCreateUserCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateUserCommand } from "@aws-sdk/client-iam";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, partsThatTouch, seriousFindings, startConsole } from "./support.ts";

let tested: ConsoleUnderTest;
let cognito: CognitoIdentityProviderClient;
let UserPoolId: string;

beforeAll(async () => {
  tested = await startConsole({}, { staysLoaded: true });
  ({ cognito } = tested.server);
  ({ poolId: UserPoolId } = await createPoolAndClient(cognito));
  await cognito.send(new AdminCreateUserCommand({ UserPoolId, Username: "jane", MessageAction: "SUPPRESS" }));
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: "editors" }));
  const iam = iamClient(tested.server);
  await iam.send(new CreateUserCommand({ UserName: "kim" }));
  iam.destroy();
});
afterAll(() => tested.stop());

interface Case {
  readonly path: () => string;
  /** The button that opens the dialog, and an item of the menu that it opens. */
  readonly opener: string;
  readonly item?: string;
  readonly confirm: string;
  readonly error: string;
}

const ofPool = (path: string) => () => `/user-pools/${UserPoolId}/${path}`;

const CASES: Record<string, Case> = {
  "a Cognito domain without a prefix": {
    path: ofPool("domain"),
    opener: "Create Cognito domain",
    confirm: "Create Cognito domain",
    error: "1–63 characters: lowerca",
  },
  "a resource server without a name": {
    path: ofPool("domain"),
    opener: "Create resource server",
    confirm: "Create resource server",
    error: "Use 1–256 letters",
  },
  "a custom attribute without a name": {
    path: ofPool("sign-up"),
    opener: "Add custom attribute",
    confirm: "Add",
    error: "Enter a name of 1–20 characters",
  },
  "an import without a file": {
    path: ofPool("users/import"),
    opener: "Create import job",
    confirm: "Create and start job",
    error: "Choose a CSV file",
  },
  "a password that is empty": {
    path: ofPool("users/detail/jane"),
    opener: "Actions",
    item: "Set password",
    confirm: "Set password",
    error: "The password doesn't meet all requirements yet.",
  },
  "a user who has access": {
    path: ofPool("users/detail/jane"),
    opener: "Actions",
    item: "Delete user",
    confirm: "Delete user",
    error: "Only a user whose access is disabled can be deleted.",
  },
  "a user's groups of which none is chosen": {
    path: ofPool("users/detail/jane"),
    opener: "Add user to group",
    confirm: "Add",
    error: "Choose groups",
  },
  "a member who is not chosen": {
    path: ofPool("groups/detail/editors"),
    opener: "Add user to group",
    confirm: "Add",
    error: "Select an item in the list first.",
  },
  "policies of which none is chosen": {
    path: () => "/iam/users/detail/kim",
    opener: "Attach policies",
    confirm: "Attach",
    error: "Choose policies",
  },
  "an inline policy without a name": {
    path: () => "/iam/users/detail/kim",
    opener: "Create inline policy",
    confirm: "Create inline policy",
    error: "Enter a name in the format below.",
  },
};

async function openDialog(page: Page, { opener, item }: Case): Promise<void> {
  await page.getByRole("button", { name: opener, exact: true }).click();
  if (item !== undefined) await page.getByRole("menuitem", { name: item, exact: true }).click();
}

describe("the button of a dialog whose input is not complete", () => {
  it.each(Object.entries(CASES))(
    "says at the field that there is %s, and moves the focus there",
    async (_, shown) => {
      const page = await tested.open(shown.path());
      await openDialog(page, shown);
      const dialog = page.getByRole("dialog");
      const error = dialog.locator('[class*="awsui_error"]', { hasText: shown.error }).first();
      expect(await error.count()).toBe(0);
      await dialog.getByRole("button", { name: shown.confirm, exact: true }).click();
      await error.waitFor();
      await dialog.locator('[aria-describedby*="-error"]:focus, [data-invalid="true"] input:focus').waitFor();
      expect(await partsThatTouch(page)).toEqual([]);
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      // Back to where the keyboard was.
      await page
        .getByRole("button", { name: shown.opener, exact: true })
        .and(page.locator(":focus"))
        .waitFor();
      expect(page.complaints).toEqual([]);
    },
  );

  it("keeps a user pool until its name is entered and its protection is turned off", async () => {
    const { poolId } = await createPoolAndClient(cognito, {
      PoolName: "kept",
      DeletionProtection: "ACTIVE",
    });
    const describePool = () => cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    const page = await tested.open("/user-pools");
    await page.getByRole("checkbox", { name: "Select kept" }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: "Delete", exact: true });
    await dialog.getByRole("checkbox").waitFor();
    await dialog.getByRole("textbox").fill("Kept");
    await confirm.click();
    await dialog.getByText("A user pool under deletion protection cannot be deleted.").waitFor();
    await dialog.getByText("Enter “kept”, exactly as it is written here.").waitFor();
    await dialog.getByRole("checkbox", { name: "Deactivate deletion protection" }).check();
    await confirm.click();
    await dialog.getByRole("textbox").and(page.locator(":focus")).waitFor();
    expect((await describePool()).UserPool?.DeletionProtection).toBe("ACTIVE");
    await dialog.getByRole("textbox").fill("kept");
    await confirm.click();
    await flash(page, "User pool “kept” has been deleted successfully.").waitFor();
    await expect(describePool()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});
