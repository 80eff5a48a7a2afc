import type { Texts } from "./texts.ts";

const OTHER_NAMES = {
  email: "E-Mail-Adresse",
  phone_number: "Telefonnummer",
  preferred_username: "bevorzugter Benutzername",
};

export const de: Texts = {
  tag: "de",
  dir: "ltr",
  name: "Deutsch",
  signIn: {
    title: "Anmelden",
    subtitle: "Melden Sie sich bei Ihrem Konto an.",
    submit: "Anmelden",
    next: "Weiter",
    forgotPassword: "Passwort vergessen?",
    noAccount: "Noch kein Konto?",
    createAccount: "Konto erstellen",
    or: "oder",
    signedInAs: (name) => `Sie sind als ${name} angemeldet.`,
    continueSession: "Weiter",
    asAnotherUser: "Mit einem anderen Konto anmelden",
  },
  providers: {
    continueWith: (provider) => `Weiter mit ${provider}`,
    sso: "Weiter mit SSO",
    ssoTitle: "Mit Ihrer Organisation anmelden",
    ssoSubtitle:
      "Geben Sie Ihre geschäftliche E-Mail-Adresse ein. Wir leiten Sie zur Anmeldeseite Ihrer Organisation weiter.",
    ssoUnknown: "Zu dieser E-Mail-Adresse ist keine Organisation bekannt.",
  },
  signUp: {
    title: "Registrieren",
    subtitle: "Erstellen Sie ein neues Konto.",
    submit: "Registrieren",
    haveAccount: "Haben Sie bereits ein Konto?",
    signIn: "Anmelden",
    optional: "optional",
    passwordOptional: "Lassen Sie das Passwort leer, um sich stattdessen mit einem Code anzumelden.",
    terms: (terms, privacy) => [
      "Mit der Registrierung stimmen Sie den ",
      terms,
      " und der ",
      privacy,
      " zu.",
    ],
    termsOfUse: "Nutzungsbedingungen",
    privacyPolicy: "Datenschutzerklärung",
  },
  confirm: {
    title: "Konto bestätigen",
    submit: "Konto bestätigen",
    resend: "Neuen Code senden",
    resent: "Ein neuer Code ist unterwegs.",
    notSent:
      "Ihr Konto wurde erstellt, aber es wurde kein Code gesendet. Wenden Sie sich an die Administration, die das Konto bestätigen kann.",
    linkSent: (destination) =>
      `Wir haben einen Link an ${destination} gesendet. Öffnen Sie ihn, um Ihr Konto zu bestätigen.`,
    linkNext: "Kehren Sie danach hierher zurück und melden Sie sich an.",
  },
  forgotPassword: {
    title: "Passwort vergessen?",
    subtitle:
      "Geben Sie Ihren Benutzernamen ein. Wir senden Ihnen einen Code zum Zurücksetzen des Passworts.",
    submit: "Code senden",
    back: "Zurück zur Anmeldung",
    resetTitle: "Passwort zurücksetzen",
    resetSubmit: "Passwort ändern",
    resetRequired: "Ihr Passwort muss zurückgesetzt werden. Wir haben Ihnen einen Code gesendet.",
    done: "Ihr Passwort wurde geändert. Melden Sie sich mit dem neuen Passwort an.",
  },
  newPassword: {
    title: "Passwort ändern",
    subtitle: "Wählen Sie ein neues Passwort, um fortzufahren.",
    submit: "Weiter",
  },
  code: {
    title: "Code eingeben",
    label: "Code",
    sentTo: (destination) => `Wir haben einen Code an ${destination} gesendet.`,
    sentByEmail: (destination) => `Wir haben einen Code per E-Mail an ${destination} gesendet.`,
    sentBySms: (destination) => `Wir haben einen Code per SMS an ${destination} gesendet.`,
    authenticator: "Geben Sie den Code ein, den Ihre Authentifizierungs-App anzeigt.",
    submit: "Weiter",
    resend: "Neuen Code senden",
  },
  mfa: {
    chooseTitle: "Bestätigungsmethode wählen",
    chooseSubtitle: "Wie möchten Sie Ihren Code erhalten?",
    setupTitle: "Multi-Faktor-Authentifizierung einrichten",
    setupSubtitle:
      "Ihr Konto braucht bei der Anmeldung einen zweiten Schritt. Wählen Sie einen zum Einrichten.",
    setupAuthenticator: "Authentifizierungs-App einrichten",
    setupAuthenticatorSteps: [
      "Installieren Sie eine Authentifizierungs-App auf Ihrem Telefon.",
      "Scannen Sie damit diesen QR-Code.",
      "Geben Sie den Code ein, den die App anzeigt.",
    ],
    secret: "Oder geben Sie diesen Schlüssel in der App ein:",
    qrCode: "QR-Code des Schlüssels unten",
    deviceName: "Name des Geräts",
    setupEmail: "E-Mail-Adresse hinzufügen",
    setupSms: "Telefonnummer hinzufügen",
    factors: {
      SMS_MFA: "SMS",
      EMAIL_OTP: "E-Mail",
      SOFTWARE_TOKEN_MFA: "Authentifizierungs-App",
    },
  },
  choice: {
    title: "Anmeldemethode wählen",
    subtitle: "Sie können sich auf mehrere Arten bei Ihrem Konto anmelden.",
    factors: {
      PASSWORD: "Passwort",
      EMAIL_OTP: "Code per E-Mail",
      SMS_OTP: "Code per SMS",
      WEB_AUTHN: "Passkey",
    },
    otherWay: "Andere Anmeldemethode",
    passwordTitle: "Passwort eingeben",
  },
  passkey: {
    signInTitle: "Mit Passkey anmelden",
    signInSubtitle:
      "Ihr Browser fragt nach Fingerabdruck, Gesicht, Bildschirmsperre oder Sicherheitsschlüssel.",
    signInSubmit: "Passkey verwenden",
    addTitle: "Passkey hinzufügen",
    addSubtitle:
      "Mit einem Passkey melden Sie sich per Fingerabdruck, Gesicht oder Bildschirmsperre an, ganz ohne Passwort. Er lässt sich nicht erraten und nicht von einer gefälschten Seite stehlen.",
    addSubmit: "Passkey erstellen",
    skip: "Jetzt nicht",
    needsScript: "Passkeys benötigen JavaScript, das in diesem Browser ausgeschaltet ist.",
    failed: "Das hat nicht geklappt. Versuchen Sie es noch einmal oder wählen Sie eine andere Methode.",
  },
  challenge: { title: "Zum Fortfahren antworten", answer: "Antwort" },
  signedOut: { title: "Sie sind abgemeldet", text: "Sie können dieses Fenster schließen." },
  error: {
    title: "Etwas ist schiefgegangen",
    page: "Bei der angeforderten Seite ist ein Fehler aufgetreten.",
    expiredForm:
      "Das Formular ist abgelaufen, oder dieser Browser nimmt keine Cookies an. Bitte versuchen Sie es noch einmal.",
    busy: "Zu viele Anmeldungen zur selben Zeit. Bitte versuchen Sie es noch einmal.",
    tooManyRequests: "Zu viele Anfragen. Bitte warten Sie einen Moment und versuchen Sie es noch einmal.",
    somethingWrong: "Etwas ist schiefgegangen. Bitte versuchen Sie es noch einmal.",
    back: "Zurück zur Anmeldung",
  },
  confirmed: {
    title: "Ihre Registrierung wurde bestätigt",
    text: "Sie können diese Seite schließen und sich anmelden.",
    expiredTitle: "Dieser Link ist abgelaufen",
    expiredText:
      "Lassen Sie sich einen neuen Link senden und verwenden Sie den neuesten. Ein Link funktioniert einmal.",
    invalidTitle: "Dieser Link ist ungültig",
    invalidText:
      "Prüfen Sie, ob der vollständige Link geöffnet wurde, oder lassen Sie sich einen neuen senden.",
    failedTitle: "Ihr Konto konnte nicht bestätigt werden",
    tryAgainText: "Öffnen Sie den Link in einiger Zeit noch einmal.",
  },
  fields: {
    username: "Benutzername",
    email: "E-Mail-Adresse",
    phone: "Telefonnummer",
    emailOrPhone: "E-Mail-Adresse oder Telefonnummer",
    usernameOr: (others) => ["Benutzername", ...others.map((name) => OTHER_NAMES[name])].join(" oder "),
    password: "Passwort",
    newPassword: "Neues Passwort",
    confirmPassword: "Passwort bestätigen",
    passwordsDiffer: "Die beiden Passwörter stimmen nicht überein.",
    showPassword: "Passwort anzeigen",
    phoneHint: "Mit Ländervorwahl, zum Beispiel +4930123456",
    birthdateHint: "Als Jahr-Monat-Tag, zum Beispiel 1990-12-31",
    attributes: {
      address: "Anschrift",
      birthdate: "Geburtsdatum",
      email: "E-Mail-Adresse",
      family_name: "Nachname",
      gender: "Geschlecht",
      given_name: "Vorname",
      locale: "Sprache und Region",
      middle_name: "Zweiter Vorname",
      name: "Name",
      nickname: "Spitzname",
      phone_number: "Telefonnummer",
      picture: "URL des Bildes",
      preferred_username: "Bevorzugter Benutzername",
      profile: "URL der Profilseite",
      updated_at: "Aktualisiert am",
      website: "Website",
      zoneinfo: "Zeitzone",
    },
  },
  language: "Sprache",
  messages: {
    "Incorrect username or password.": "Benutzername oder Passwort ist falsch.",
    "User does not exist.": "Der Benutzer existiert nicht.",
    "Username/client id combination not found.": "Der Benutzer wurde nicht gefunden.",
    "User is disabled.": "Der Benutzer ist deaktiviert.",
    "User is not confirmed.": "Der Benutzer ist noch nicht bestätigt.",
    "User is already confirmed.": "Der Benutzer ist bereits bestätigt.",
    "User already exists": "Diesen Benutzernamen gibt es bereits.",
    "An account with the given email already exists.": "Ein Konto mit dieser E-Mail-Adresse gibt es bereits.",
    "An account with the given phone_number already exists.":
      "Ein Konto mit dieser Telefonnummer gibt es bereits.",
    "Password attempts exceeded":
      "Zu viele Versuche mit falschem Passwort. Versuchen Sie es später noch einmal.",
    "Attempt limit exceeded, please try after some time.":
      "Zu viele Versuche. Versuchen Sie es später noch einmal.",
    "Invalid verification code provided, please try again.":
      "Der Bestätigungscode ist falsch. Bitte versuchen Sie es noch einmal.",
    "Invalid code provided, please request a code again.":
      "Der Code ist falsch oder abgelaufen. Bitte fordern Sie einen neuen an.",
    "Invalid code or auth state for the user.": "Der Code ist falsch.",
    "Invalid code received for user": "Der Code ist falsch.",
    "Code mismatch and fail enable Software Token MFA": "Der Code ist falsch.",
    "Your software token has already been used once.":
      "Dieser Code wurde bereits verwendet. Warten Sie auf den nächsten.",
    "Invalid session for the user.": "Die Sitzung ist ungültig. Bitte melden Sie sich noch einmal an.",
    "Invalid session for the user, session is expired.":
      "Die Sitzung ist abgelaufen. Bitte melden Sie sich noch einmal an.",
    "Invalid session for the user, session can only be used once.":
      "Dieses Formular wurde bereits abgeschickt. Bitte melden Sie sich noch einmal an.",
    "Temporary password has expired and must be reset by an administrator.":
      "Das vorläufige Passwort ist abgelaufen und muss von der Administration zurückgesetzt werden.",
    "Password reset required for the user": "Das Passwort muss zurückgesetzt werden.",
    "Password has previously been used": "Dieses Passwort wurde schon einmal verwendet.",
    "Invalid email address format.": "Das ist keine gültige E-Mail-Adresse.",
    "Invalid phone number format.": "Das ist keine gültige Telefonnummer.",
    "SignUp is not permitted for this user pool": "Eine Registrierung ist hier nicht möglich.",
    "Contact administrator to reset password.":
      "Wenden Sie sich an die Administration, um das Passwort zurückzusetzen.",
    "User password cannot be reset in the current state.":
      "Das Passwort kann im Moment nicht zurückgesetzt werden.",
    "Cannot resend codes. Auto verification not turned on.": "Es kann kein neuer Code gesendet werden.",
    "No MFA method is available for the user.":
      "Es steht keine Methode für die Multi-Faktor-Authentifizierung zur Verfügung. Wenden Sie sich an die Administration.",
  },
  passwordRules: {
    "Password not long enough": "Das Passwort ist zu kurz.",
    "Password must have uppercase characters": "Das Passwort muss Großbuchstaben enthalten.",
    "Password must have lowercase characters": "Das Passwort muss Kleinbuchstaben enthalten.",
    "Password must have numeric characters": "Das Passwort muss Ziffern enthalten.",
    "Password must have symbol characters": "Das Passwort muss Sonderzeichen enthalten.",
    "Password must satisfy regular expression pattern: ^\\S.*\\S$":
      "Das Passwort darf nicht mit einem Leerzeichen beginnen oder enden.",
    "Password must have length less than or equal to 256": "Das Passwort darf höchstens 256 Zeichen haben.",
  },
};
