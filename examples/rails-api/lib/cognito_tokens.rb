require "json"
require "jwt"
require "net/http"

# Verifies the access tokens of one user pool for one app client.
#
# See the Developer Guide, "Verifying JSON web tokens": the signature by the pool's JWKS, then `exp`, `iss`,
# `token_use` and, as an access token has no `aud`, `client_id`.
class CognitoTokens
  class Invalid < StandardError; end

  def initialize(issuer:, client_id:, jwks_uri: nil)
    @issuer = issuer
    @client_id = client_id
    @jwks_uri = URI(jwks_uri || "#{issuer}/.well-known/jwks.json")
    @lock = Mutex.new
  end

  # @return [Hash] the token's claims
  # @raise [Invalid] saying what is wrong with the token
  def verify_access_token(token)
    claims, _header = JWT.decode(
      token, nil, true,
      algorithms: ["RS256"], jwks: method(:jwks),
      iss: @issuer, verify_iss: true, required_claims: %w[exp iss token_use]
    )
    raise Invalid, "this is not an access token" unless claims["token_use"] == "access"
    raise Invalid, "the token was issued to another client" unless claims["client_id"] == @client_id

    claims
  rescue JWT::DecodeError => e
    raise Invalid, e.message
  end

  private

  # The gem asks again with `kid_not_found` when a token names a key that the kept set lacks, because keys can be replaced. Anyone can
  # send such a token, so the keys are fetched twice a minute at most.
  def jwks(options)
    @lock.synchronize do
      @jwks = nil if options[:kid_not_found] && now - @fetched_at > 30
      @jwks ||= JSON.parse(fetch, symbolize_names: true).tap { @fetched_at = now }
    end
  end

  def now
    Process.clock_gettime(Process::CLOCK_MONOTONIC)
  end

  def fetch
    response = Net::HTTP.get_response(@jwks_uri)
    raise Invalid, "the keys of the pool cannot be fetched: #{response.code}" unless response.is_a?(Net::HTTPSuccess)

    response.body
  end
end
