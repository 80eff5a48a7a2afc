// Moves users over from a directory when they sign in or have forgotten their password.
const directory = new Map([["belladonna", { password: "Test-1234", emailAddress: "bella@example.com" }]]);

const authenticateUser = (name, password) => {
  const user = directory.get(name);
  return user?.password === password ? user : undefined;
};
const lookupUser = (name) => directory.get(name);

export const handler = async (event) => {
  let user;
  if (event.triggerSource === "UserMigration_Authentication") {
    user = authenticateUser(event.userName, event.request.password);
    if (user) {
      event.response.userAttributes = { email: user.emailAddress, email_verified: "true" };
      event.response.finalUserStatus = "CONFIRMED";
      event.response.messageAction = "SUPPRESS";
    }
  } else if (event.triggerSource === "UserMigration_ForgotPassword") {
    user = lookupUser(event.userName);
    if (user) {
      event.response.userAttributes = { email: user.emailAddress, email_verified: "true" };
      event.response.messageAction = "SUPPRESS";
    }
  }
  if (!user) throw new Error("Bad user name or password");
  return event;
};
