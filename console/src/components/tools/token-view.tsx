import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import type { DecodedToken } from "../../tokens/decode.ts";
import { Code } from "../basics/code.tsx";
import { Time } from "../basics/time.tsx";

/** Claims that are moments, in seconds since 1970. */
const momentClaims = ["iat", "auth_time", "nbf", "exp"];

/** The header and claims of a token, with its times in the reader's time zone. */
export function TokenView({ token }: { readonly token: DecodedToken }) {
  const text = useText().tokens;
  const moments = momentClaims
    .map((name) => ({ name, at: token.payload[name] }))
    .filter((moment): moment is { name: string; at: number } => typeof moment.at === "number");
  return (
    <SpaceBetween size="m">
      <div className="token-text">
        <span className="token-header">{token.parts[0]}</span>.
        <span className="token-payload">{token.parts[1]}</span>.
        <span className="token-signature">{token.parts[2]}</span>
      </div>
      <ColumnLayout columns={2}>
        <div>
          <Box variant="awsui-key-label">{text.header}</Box>
          <Code wraps label={text.header}>
            {JSON.stringify(token.header, null, 2)}
          </Code>
        </div>
        <div>
          <Box variant="awsui-key-label">{text.claims}</Box>
          <Code wraps label={text.claims}>
            {JSON.stringify(token.payload, null, 2)}
          </Code>
        </div>
      </ColumnLayout>
      {moments.length > 0 && (
        <SpaceBetween direction="horizontal" size="l">
          {moments.map(({ name, at }) => (
            <div key={name}>
              <Box variant="awsui-key-label">{name}</Box>
              <Time at={at * 1000} />
            </div>
          ))}
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
