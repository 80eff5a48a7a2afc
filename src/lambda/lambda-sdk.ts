/** The SDK's part that invokes functions, in a module of its own that is loaded when it is needed, from the bundle too. */
export { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
