require "logger"
require "rails"
require "action_controller/railtie"
require_relative "../lib/cognito_tokens"

# A Rails application in API mode whose users are in a user pool.
class ExampleApi < Rails::Application
  config.api_only = true
  config.eager_load = true
  config.secret_key_base = ENV.fetch("SECRET_KEY_BASE") { SecureRandom.hex(32) }
  config.logger = Logger.new($stderr, level: Logger::WARN)

  # The three facts that a resource server needs. Nothing in the code differs between Cognito and Cognate.
  config.cognito_tokens = CognitoTokens.new(
    issuer: ENV.fetch("COGNITO_ISSUER"),
    client_id: ENV.fetch("COGNITO_CLIENT_ID"),
    jwks_uri: ENV["COGNITO_JWKS_URI"]
  )

  routes.append do
    get "/me", to: "me#show"
    get "/admin", to: "me#admin"
  end
end
