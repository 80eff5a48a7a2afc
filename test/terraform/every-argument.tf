# Every argument that the provider documents for these resources, as far as they go together, and every data source.
# terraform.test.ts adds the configuration of the provider and saml-metadata.xml.

resource "aws_cognito_user_pool" "full" {
  name                       = "full"
  deletion_protection        = "INACTIVE"
  user_pool_tier             = "ESSENTIALS"
  alias_attributes           = ["email", "preferred_username"]
  auto_verified_attributes   = ["email"]
  mfa_configuration          = "OPTIONAL"
  sms_authentication_message = "Your code is {####}"
  sms_verification_message   = "Verify {####}"
  email_verification_subject = "Subject"
  email_verification_message = "Msg {####}"
  admin_create_user_config {
    allow_admin_create_user_only = true
    invite_message_template {
      email_message = "User {username} {####}"
      email_subject = "Invite"
      sms_message   = "Sms {username} {####}"
    }
  }
  device_configuration {
    challenge_required_on_new_device      = true
    device_only_remembered_on_user_prompt = true
  }
  email_configuration {
    email_sending_account  = "COGNITO_DEFAULT"
    reply_to_email_address = "reply@example.com"
  }
  sms_configuration {
    external_id    = "ext"
    sns_caller_arn = "arn:aws:iam::123456789012:role/sms"
    sns_region     = "us-east-1"
  }
  software_token_mfa_configuration { enabled = true }
  lambda_config {
    kms_key_id = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
    pre_token_generation_config {
      lambda_arn     = "arn:aws:lambda:us-east-1:123456789012:function:token"
      lambda_version = "V2_0"
    }
  }
  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 3
    password_history_size            = 4
  }
  schema {
    name                = "email"
    attribute_data_type = "String"
    required            = true
    mutable             = true
    string_attribute_constraints {
      min_length = 0
      max_length = 2048
    }
  }
  schema {
    name                = "age"
    attribute_data_type = "Number"
    number_attribute_constraints {
      min_value = 1
      max_value = 150
    }
  }
  schema {
    name                     = "flag"
    attribute_data_type      = "Boolean"
    developer_only_attribute = true
  }
  schema {
    name                = "since"
    attribute_data_type = "DateTime"
    mutable             = true
  }
  user_attribute_update_settings { attributes_require_verification_before_update = ["email"] }
  username_configuration { case_sensitive = false }
  verification_message_template {
    default_email_option  = "CONFIRM_WITH_LINK"
    email_message_by_link = "Click {##here##}"
    email_subject_by_link = "Link"
  }
  user_pool_add_ons { advanced_security_mode = "OFF" }
}

resource "aws_cognito_user_pool" "passwordless" {
  name = "passwordless"
  sign_in_policy { allowed_first_auth_factors = ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] }
  web_authn_configuration {
    relying_party_id  = "example.com"
    user_verification = "preferred"
  }
}

resource "aws_cognito_user_pool_client" "full" {
  name                   = "full"
  user_pool_id           = aws_cognito_user_pool.full.id
  generate_secret        = true
  access_token_validity  = 1
  id_token_validity      = 2
  refresh_token_validity = 10
  auth_session_validity  = 5
  token_validity_units {
    access_token  = "hours"
    id_token      = "hours"
    refresh_token = "days"
  }
  allowed_oauth_flows                           = ["code", "implicit"]
  allowed_oauth_flows_user_pool_client          = true
  allowed_oauth_scopes                          = ["phone", "email", "openid", "profile", "aws.cognito.signin.user.admin"]
  callback_urls                                 = ["https://a.example.com/cb", "http://localhost:3000/cb"]
  default_redirect_uri                          = "https://a.example.com/cb"
  logout_urls                                   = ["https://a.example.com/out"]
  enable_token_revocation                       = true
  enable_propagate_additional_user_context_data = true
  explicit_auth_flows                           = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH"]
  prevent_user_existence_errors                 = "LEGACY"
  read_attributes                               = ["email", "custom:age"]
  write_attributes                              = ["email"]
  supported_identity_providers                  = ["COGNITO", aws_cognito_identity_provider.oidc.provider_name, aws_cognito_identity_provider.saml.provider_name]
  refresh_token_rotation {
    feature                    = "ENABLED"
    retry_grace_period_seconds = 10
  }
}

resource "aws_cognito_user_pool_client" "m2m" {
  name                                 = "m2m"
  user_pool_id                         = aws_cognito_user_pool.full.id
  generate_secret                      = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = aws_cognito_resource_server.api.scope_identifiers
}

resource "aws_cognito_resource_server" "api" {
  user_pool_id = aws_cognito_user_pool.full.id
  identifier   = "api"
  name         = "api"
  scope {
    scope_name        = "read"
    scope_description = "Read"
  }
  scope {
    scope_name        = "write"
    scope_description = "Write"
  }
}

resource "aws_cognito_identity_provider" "oidc" {
  user_pool_id    = aws_cognito_user_pool.full.id
  provider_name   = "corp"
  provider_type   = "OIDC"
  idp_identifiers = ["corp.example.com"]
  provider_details = {
    client_id                     = "c"
    client_secret                 = "s"
    attributes_request_method     = "GET"
    oidc_issuer                   = "https://idp.example.com"
    authorize_scopes              = "openid email"
    authorize_url                 = "https://idp.example.com/authorize"
    token_url                     = "https://idp.example.com/token"
    attributes_url                = "https://idp.example.com/userinfo"
    jwks_uri                      = "https://idp.example.com/jwks"
    attributes_url_add_attributes = "false"
  }
  attribute_mapping = {
    email    = "email"
    username = "sub"
  }
}

resource "aws_cognito_identity_provider" "saml" {
  user_pool_id  = aws_cognito_user_pool.full.id
  provider_name = "adfs"
  provider_type = "SAML"
  provider_details = {
    MetadataFile          = file("saml-metadata.xml")
    SSORedirectBindingURI = "https://idp.example.com/sso"
    SLORedirectBindingURI = "https://idp.example.com/slo"
  }
  attribute_mapping = { email = "mail" }
  lifecycle { ignore_changes = [provider_details["ActiveEncryptionCertificate"]] }
}

resource "aws_cognito_user_pool_domain" "full" {
  domain                = "full-tf"
  user_pool_id          = aws_cognito_user_pool.full.id
  managed_login_version = 2
}

resource "aws_cognito_user_group" "g" {
  name         = "g"
  description  = "d"
  precedence   = 5
  role_arn     = "arn:aws:iam::123456789012:role/g"
  user_pool_id = aws_cognito_user_pool.full.id
}

resource "aws_cognito_user" "u" {
  user_pool_id             = aws_cognito_user_pool.full.id
  username                 = "someone"
  temporary_password       = "Temporary-123"
  desired_delivery_mediums = ["EMAIL"]
  attributes = {
    email = "someone@example.com"
    age   = 30
  }
  client_metadata = { a = "b" }
}

resource "aws_cognito_user" "p" {
  user_pool_id   = aws_cognito_user_pool.full.id
  username       = "permanent"
  password       = "Permanent-123"
  enabled        = false
  message_action = "SUPPRESS"
  attributes     = { email = "p@example.com" }
}

data "aws_cognito_user_pools" "by_name" {
  name       = aws_cognito_user_pool.full.name
  depends_on = [aws_cognito_user_pool.full]
}

data "aws_cognito_user_pool" "one" { user_pool_id = aws_cognito_user_pool.full.id }

data "aws_cognito_user_pool_client" "one" {
  client_id    = aws_cognito_user_pool_client.full.id
  user_pool_id = aws_cognito_user_pool.full.id
}

data "aws_cognito_user_pool_clients" "all" {
  user_pool_id = aws_cognito_user_pool.full.id
  depends_on   = [aws_cognito_user_pool_client.full, aws_cognito_user_pool_client.m2m]
}

data "aws_cognito_user_pool_signing_certificate" "c" { user_pool_id = aws_cognito_user_pool.full.id }

data "aws_cognito_user_group" "g" {
  name         = aws_cognito_user_group.g.name
  user_pool_id = aws_cognito_user_pool.full.id
}

data "aws_cognito_user_groups" "all" {
  user_pool_id = aws_cognito_user_pool.full.id
  depends_on   = [aws_cognito_user_group.g]
}

output "clients" { value = sort(data.aws_cognito_user_pool_clients.all.client_names) }
output "pools" { value = length(data.aws_cognito_user_pools.by_name.ids) }
output "groups" { value = data.aws_cognito_user_groups.all.groups[*].group_name }
