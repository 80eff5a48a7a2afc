import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityProviderMetadata, testKey } from "../../src/federation/saml/fixtures/identity-provider.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

/** A filesystem mirror that holds Terraform's AWS provider. */
const plugins = process.env.TERRAFORM_PLUGINS;

const provider = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "endpoint" {}
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
`;

const main = `${provider}
variable "mfa" {}
variable "google_client" {}
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
resource "aws_cognito_identity_provider" "google" {
  user_pool_id  = aws_cognito_user_pool.people.id
  provider_name = "Google"
  provider_type = "Google"
  # Amazon Cognito answers with all of these, and the provider plans to remove what is not listed.
  provider_details = {
    attributes_url                = "https://people.googleapis.com/v1/people/me?personFields="
    attributes_url_add_attributes = "true"
    authorize_scopes              = "email"
    authorize_url                 = "https://accounts.google.com/o/oauth2/v2/auth"
    client_id                     = var.google_client
    client_secret                 = "secret"
    oidc_issuer                   = "https://accounts.google.com"
    token_request_method          = "POST"
    token_url                     = "https://www.googleapis.com/oauth2/v4/token"
  }
  attribute_mapping = {
    email    = "email"
    username = "sub"
  }
}
resource "aws_cognito_resource_server" "orders" {
  user_pool_id = aws_cognito_user_pool.people.id
  identifier   = "https://orders.example.com"
  name         = "orders"
  scope {
    scope_name        = "read"
    scope_description = "Read orders"
  }
}
resource "aws_cognito_user_pool_domain" "people" {
  user_pool_id = aws_cognito_user_pool.people.id
  domain       = "people-terraform"
}
resource "aws_cognito_user_pool_client" "web" {
  name                                 = "web"
  user_pool_id                         = aws_cognito_user_pool.people.id
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid", "\${aws_cognito_resource_server.orders.identifier}/read"]
  callback_urls                        = ["https://app.example.com/callback"]
  supported_identity_providers         = ["COGNITO", aws_cognito_identity_provider.google.provider_name]
}
resource "aws_cognito_user_pool_ui_customization" "web" {
  user_pool_id = aws_cognito_user_pool_domain.people.user_pool_id
  client_id    = aws_cognito_user_pool_client.web.id
  css          = ".label-customizable {font-weight: 400;}"
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

const everyArgument = readFileSync(new URL("every-argument.tf", import.meta.url), "utf8");

const branding = `${provider}
resource "aws_cognito_user_pool" "branded" {
  name = "branded"
}
resource "aws_cognito_user_pool_client" "web" {
  name         = "web"
  user_pool_id = aws_cognito_user_pool.branded.id
}
resource "aws_cognito_managed_login_branding" "web" {
  user_pool_id                = aws_cognito_user_pool.branded.id
  client_id                   = aws_cognito_user_pool_client.web.id
  use_cognito_provided_values = true
}
`;

/** As the provider documents its arguments. */
const protection = `${provider}
resource "aws_cognito_user_pool" "guarded" {
  name           = "guarded"
  user_pool_tier = "PLUS"
  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
}
resource "aws_cognito_user_pool_client" "app" {
  name         = "app"
  user_pool_id = aws_cognito_user_pool.guarded.id
}
resource "aws_cognito_risk_configuration" "pool" {
  user_pool_id = aws_cognito_user_pool.guarded.id
  account_takeover_risk_configuration {
    notify_configuration {
      source_arn = "arn:aws:ses:us-east-1:123456789012:identity/security@example.com"
      from       = "security@example.com"
      block_email {
        subject   = "Blocked"
        text_body = "{ip-address}"
        html_body = "<p>{ip-address}</p>"
      }
    }
    actions {
      high_action {
        event_action = "BLOCK"
        notify       = true
      }
      medium_action {
        event_action = "MFA_IF_CONFIGURED"
        notify       = false
      }
    }
  }
  compromised_credentials_risk_configuration {
    event_filter = ["SIGN_IN", "PASSWORD_CHANGE"]
    actions {
      event_action = "BLOCK"
    }
  }
}
resource "aws_cognito_risk_configuration" "client" {
  user_pool_id = aws_cognito_user_pool.guarded.id
  client_id    = aws_cognito_user_pool_client.app.id
  risk_exception_configuration {
    blocked_ip_range_list = ["198.51.100.0/24"]
    skipped_ip_range_list = ["203.0.113.0/24"]
  }
}
`;

const logDelivery = `${provider}
resource "aws_cognito_user_pool" "logged" {
  name           = "logged"
  user_pool_tier = "PLUS"
  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
  }
}
resource "aws_cognito_log_delivery_configuration" "logged" {
  user_pool_id = aws_cognito_user_pool.logged.id
  log_configurations {
    event_source = "userNotification"
    log_level    = "ERROR"
    cloud_watch_logs_configuration {
      log_group_arn = "arn:aws:logs:us-east-1:123456789012:log-group:cognito-errors"
    }
  }
  log_configurations {
    event_source = "userAuthEvents"
    log_level    = "INFO"
    firehose_configuration {
      stream_arn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/cognito-events"
    }
  }
}
`;

describe("Terraform", () => {
  const folders: string[] = [];
  let server: TestServer;
  beforeAll(async () => {
    if (!plugins) throw new Error("Name a mirror of Terraform's providers in TERRAFORM_PLUGINS.");
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.stop();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  /** A folder with a configuration, whose provider is installed. */
  async function workspace(configuration: string, moreFiles: Readonly<Record<string, string>> = {}) {
    const folder = mkdtempSync(join(tmpdir(), "cognate-terraform-"));
    folders.push(folder);
    for (const [name, content] of Object.entries({ "main.tf": configuration, ...moreFiles }))
      writeFileSync(join(folder, name), content);
    writeFileSync(
      join(folder, "cli.tfrc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }\n}\n`,
    );
    const terraform = async (command: string, mfa = "OFF"): Promise<string> => {
      const env = {
        PATH: process.env.PATH,
        TF_CLI_CONFIG_FILE: join(folder, "cli.tfrc"),
        TF_VAR_endpoint: server.url,
        TF_VAR_mfa: mfa,
        // Changes together with MFA.
        TF_VAR_google_client: `client-${mfa}`,
      };
      const args = ["apply", "destroy"].includes(command) ? ["-auto-approve"] : [];
      const options = { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 };
      const { stdout } = await promisify(execFile)("terraform", [command, "-no-color", ...args], options);
      return stdout;
    };
    await terraform("init");
    const [, major = "0"] =
      /version += "(\d+)\./.exec(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")) ?? [];
    return { terraform, providerMajor: Number(major) };
  }

  it("applies pools with every kind of resource in them, plans no change afterwards, changes and destroys them", async () => {
    const { terraform } = await workspace(main);
    expect(await terraform("apply", "OPTIONAL")).toContain("Resources: 11 added, 0 changed, 0 destroyed.");
    expect(await terraform("plan", "OPTIONAL")).toContain("No changes.");
    expect(await terraform("apply", "OFF")).toContain("Resources: 0 added, 2 changed, 0 destroyed.");
    expect(await terraform("plan", "OFF")).toContain("No changes.");
    expect(await terraform("destroy")).toContain("Resources: 11 destroyed.");
  });

  it("applies every argument and reads every data source, plans no change afterwards and destroys them", async () => {
    const { certificate } = await testKey(Date.now());
    const { terraform } = await workspace(provider + everyArgument, {
      "saml-metadata.xml": identityProviderMetadata([certificate]),
    });
    const applied = await terraform("apply");
    expect(applied).toContain("Resources: 11 added, 0 changed, 0 destroyed.");
    expect(applied.replace(/\s+/g, " ")).toContain(
      'clients = tolist([ "full", "m2m", ]) groups = tolist([ "g", ]) pools = 1',
    );
    expect(await terraform("plan")).toContain("No changes.");
    expect(await terraform("destroy")).toContain("Resources: 11 destroyed.");
  });

  it("applies managed login branding, plans no change afterwards and destroys it", async ({ skip }) => {
    const { terraform, providerMajor } = await workspace(branding);
    skip(providerMajor < 6, "Version 6 of the provider is the first that has the resource.");
    expect(await terraform("apply")).toContain("Resources: 3 added, 0 changed, 0 destroyed.");
    expect(await terraform("plan")).toContain("No changes.");
    expect(await terraform("destroy")).toContain("Resources: 3 destroyed.");
  });

  it("applies the risk configurations of a pool and a client, plans no change afterwards and destroys them", async () => {
    const { terraform } = await workspace(protection);
    expect(await terraform("apply")).toContain("Resources: 4 added, 0 changed, 0 destroyed.");
    expect(await terraform("plan")).toContain("No changes.");
    expect(await terraform("destroy")).toContain("Resources: 4 destroyed.");
  });

  it("applies log delivery, plans no change afterwards and destroys it", async ({ skip }) => {
    const { terraform, providerMajor } = await workspace(logDelivery);
    skip(providerMajor < 6, "Version 6 of the provider is the first that has the resource.");
    expect(await terraform("apply")).toContain("Resources: 2 added, 0 changed, 0 destroyed.");
    expect(await terraform("plan")).toContain("No changes.");
    expect(await terraform("destroy")).toContain("Resources: 2 destroyed.");
  });
});
