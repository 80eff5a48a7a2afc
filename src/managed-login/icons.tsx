/** Drawings of the pages. They say nothing that the text beside them does not. */
import type { ComponentChildren } from "preact";

function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const LanguageIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18" />
  </Icon>
);

export const ErrorIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7.5v5.5M12 16.5v.01" />
  </Icon>
);

export const SuccessIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M8 12.5l2.75 2.75L16 9.5" />
  </Icon>
);

export const PasskeyIcon = () => (
  <Icon>
    <circle cx="9.5" cy="7.5" r="4" />
    <path d="M2.5 20c0-4 3-6.5 7-6.5 1.2 0 2.3.2 3.3.7" />
    <circle cx="18" cy="13" r="2.75" />
    <path d="M18 15.75V21l1.5-1.25L18 18.5" />
  </Icon>
);

export const MailIcon = () => (
  <Icon>
    <rect x="3" y="5" width="18" height="14" rx="2" />
    <path d="M3.5 7l8.5 6 8.5-6" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <path d="M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H11l-4.5 4v-4h-1A1.5 1.5 0 0 1 4 14.5z" />
    <path d="M8.5 10v.01M12 10v.01M15.5 10v.01" />
  </Icon>
);

export const AppIcon = () => (
  <Icon>
    <rect x="6.5" y="2.75" width="11" height="18.5" rx="2.25" />
    <path d="M9.75 11.75l1.75 1.75 3-3.25M11 18.25h2" />
  </Icon>
);

export const PasswordIcon = () => (
  <Icon>
    <rect x="4.5" y="10.5" width="15" height="10" rx="2" />
    <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2" />
  </Icon>
);

export const OrganizationIcon = () => (
  <Icon>
    <path d="M4 21V5a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v16M14 9h5a1 1 0 0 1 1 1v11M3 21h18M8 8h2M8 12h2M8 16h2M17 13v.01M17 17v.01" />
  </Icon>
);
