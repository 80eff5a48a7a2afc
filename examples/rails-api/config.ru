require_relative "config/application"

ExampleApi.initialize!
run ExampleApi
