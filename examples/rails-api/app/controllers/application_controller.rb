class ApplicationController < ActionController::API
  before_action :authenticate

  private

  attr_reader :claims

  def authenticate
    scheme, token = request.authorization.to_s.split(" ", 2)
    raise CognitoTokens::Invalid, "there is no bearer token" unless scheme&.casecmp?("bearer") && token

    @claims = Rails.application.config.cognito_tokens.verify_access_token(token)
  rescue CognitoTokens::Invalid => e
    response.headers["WWW-Authenticate"] = %(Bearer error="invalid_token")
    render json: { error: e.message }, status: :unauthorized
  end

  def require_group(name)
    return if Array(claims["cognito:groups"]).include?(name)

    render json: { error: "only members of #{name} may do this" }, status: :forbidden
  end
end
