import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";

/** A filesystem mirror that holds Terraform's AWS provider. */
const plugins = process.env.TERRAFORM_PLUGINS;

const main = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "endpoint" {}
variable "mfa" {}
provider "aws" {
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints {
    cognitoidp = var.endpoint
  }
}
resource "aws_cognito_user_pool" "bare" {
  name = "bare"
}
resource "aws_cognito_user_pool" "people" {
  name                     = "people"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.mfa
  dynamic "software_token_mfa_configuration" {
    for_each = var.mfa == "OFF" ? [] : [true]
    content {
      enabled = true
    }
  }
  web_authn_configuration {
    relying_party_id  = "auth.example.com"
    user_verification = "required"
  }
  password_policy {
    minimum_length    = 10
    require_lowercase = true
  }
  schema {
    name                = "plan"
    attribute_data_type = "String"
    mutable             = true
    string_attribute_constraints {
      min_length = 1
      max_length = 20
    }
  }
  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
  verification_message_template {
    email_message = "Code {####}"
  }
  tags = { team = "identity" }
}
resource "aws_cognito_user_pool_client" "app" {
  name                  = "app"
  user_pool_id          = aws_cognito_user_pool.people.id
  explicit_auth_flows   = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
  access_token_validity = 30
  token_validity_units {
    access_token = "minutes"
  }
}
resource "aws_cognito_user_group" "admins" {
  name         = "admins"
  user_pool_id = aws_cognito_user_pool.people.id
}
resource "aws_cognito_user" "jane" {
  user_pool_id   = aws_cognito_user_pool.people.id
  username       = "jane@example.com"
  attributes     = { email = "jane@example.com", email_verified = true }
  message_action = "SUPPRESS"
}
resource "aws_cognito_user_in_group" "jane" {
  user_pool_id = aws_cognito_user_pool.people.id
  group_name   = aws_cognito_user_group.admins.name
  username     = aws_cognito_user.jane.username
}
`;

describe("Terraform", () => {
  let folder: string;
  let server: TestServer;
  beforeAll(async () => {
    if (!plugins) throw new Error("Name a mirror of Terraform's providers in TERRAFORM_PLUGINS.");
    folder = mkdtempSync(join(tmpdir(), "cognate-terraform-"));
    server = await startTestServer();
    writeFileSync(join(folder, "main.tf"), main);
    writeFileSync(
      join(folder, "cli.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }\n}\n`,
    );
    await terraform("init");
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  async function terraform(command: string, mfa = "OFF"): Promise<string> {
    const env = {
      PATH: process.env.PATH,
      TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc"),
      TF_VAR_endpoint: server.url,
      TF_VAR_mfa: mfa,
    };
    const args = ["apply", "destroy"].includes(command) ? ["-auto-approve"] : [];
    const options = { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)("terraform", [command, "-no-color", ...args], options);
    return stdout;
  }

  it("applies pools, clients, groups and users, finds nothing left to do, changes and destroys them", async () => {
    expect(await terraform("apply", "OPTIONAL")).toContain("Resources: 6 added, 0 changed, 0 destroyed.");
    expect(await terraform("plan", "OPTIONAL")).toContain("No changes.");
    expect(await terraform("apply", "OFF")).toContain("Resources: 0 added, 1 changed, 0 destroyed.");
    expect(await terraform("plan", "OFF")).toContain("No changes.");
    expect(await terraform("destroy")).toContain("Resources: 6 destroyed.");
  });
});
