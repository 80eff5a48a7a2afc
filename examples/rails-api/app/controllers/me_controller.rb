class MeController < ApplicationController
  before_action(only: :admin) { require_group("admins") }

  def show
    render json: { sub: claims["sub"], username: claims["username"] }
  end

  def admin
    render json: { hello: claims["username"] }
  end
end
