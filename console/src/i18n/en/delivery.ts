export const emailDelivery = {
  title: "Email configuration",
  description:
    "The sender of the user pool's email. This server sends it as its setting smtpUrl says, whichever provider is chosen.",
  account: "Email provider",
  accounts: {
    COGNITO_DEFAULT: { label: "Send email with Cognito", description: "For tests and small user pools." },
    DEVELOPER: { label: "Send email with Amazon SES", description: "Needed for MFA by email." },
  },
  fields: {
    sourceArn: "ARN of the SES identity",
    from: "FROM address",
    replyTo: "REPLY-TO address",
    configurationSet: "SES configuration set",
  },
  hints: {
    sourceArn: "An identity in us-east-1, us-west-2, eu-west-1 or the user pool's Region.",
    from: "An address, or a name and an address in angle brackets.",
    replyTo: "Where answers of users go.",
    configurationSet: "Its name is sent along in the header X-SES-CONFIGURATION-SET.",
  },
  faults: {
    sourceArn:
      "Enter the ARN of an SES identity in one of the Regions below, for example arn:aws:ses:us-east-1:123456789012:identity/example.com.",
    from: "Enter an address such as no-reply@example.com or Example <no-reply@example.com>.",
    replyTo: "Enter an email address.",
    configurationSet: "Enter up to 64 letters, numbers, hyphens and underscores.",
  },
  needsArn: "A FROM address needs the ARN of an SES identity.",
  defaultFrom: "The server's own (mailFrom)",
  saved: "The email configuration has been updated.",
};

export const smsDelivery = {
  title: "SMS configuration",
  description:
    "Codes by SMS and verified phone numbers need it. This server sends text messages as its setting smsGatewayUrl says.",
  status: "Status",
  service: "SMS service",
  services: { sns: "Amazon SNS", eums: "AWS End User Messaging SMS" },
  roleArn: "IAM role ARN",
  role: "IAM role",
  roleHint: "Cognito asks for the role that sends messages. This server does not assume it.",
  externalId: "External ID",
  externalIdHint: "As in the trust policy of the role.",
  region: "Region of the service",
  regionFault: "Enter the name of a Region, for example us-east-1.",
  origination: "Origination identity",
  originationHint: "The number, sender ID or pool that messages come from.",
  saved: "The SMS configuration has been updated.",
};
