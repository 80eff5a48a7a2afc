export const recommendations = {
  title: "Recommendations",
  description: "What to set up next in this user pool.",
  setUpApp: (name: string) => `Set up your app: ${name}`,
  items: {
    setUpApp: { title: "Set up your app", hint: "Sample code with the IDs of your app client." },
    createClient: {
      title: "Create an app client",
      hint: "Applications sign users in through an app client.",
    },
    branding: {
      title: "Apply branding to your managed login pages",
      hint: "Colors, logo and background of the sign-in pages, in the branding editor.",
    },
    domain: {
      title: "Add a domain",
      hint: "An address for managed login and for sign-in with external providers.",
    },
    passkeys: {
      title: "Let users sign in with passkeys",
      hint: "A fingerprint, a face or a PIN in place of the password.",
    },
    mfa: {
      title: "Set up multi-factor authentication",
      hint: "A code by app, SMS or email after the password.",
    },
    threatProtection: {
      title: "Turn on threat protection",
      hint: "Assesses the risk of sign-ins, and shows them over time here.",
    },
    deletionProtection: {
      title: "Activate deletion protection",
      hint: "Keeps the user pool from being deleted by mistake.",
    },
  },
};
