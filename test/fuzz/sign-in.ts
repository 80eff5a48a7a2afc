/** The client's side of every way to sign in: what begins one, and what answers each challenge. */
import { srpClient } from "../../src/crypto/testing.ts";
import { softwareDevice } from "../../src/user-pools/operations/devices/testing.ts";
import {
  type Client,
  clientOf,
  codeTo,
  type Json,
  type OpenChallenge,
  type Pool,
  secretHash,
  type Tokens,
  totpCode,
  type User,
  type World,
} from "./world.ts";

type Texts = Readonly<Record<string, string>>;

const poolName = ({ id }: Pool) => id.slice(id.indexOf("_") + 1);
const withHash = (client: Client, username: string): Texts => {
  const hash = secretHash(client, username);
  return hash === undefined ? {} : { SECRET_HASH: hash };
};

/** The flow, and the parameters that it starts with. */
export function beginning(
  { random }: World,
  user: User,
  client: Client,
  flows: readonly [string, ...string[]],
): { AuthFlow: string; AuthParameters: Texts } {
  const AuthFlow = random.pick(flows);
  const device = random.chance(0.5)
    ? random.pickAny(user.devices.filter(({ isConfirmed }) => isConfirmed))
    : undefined;
  const common = {
    USERNAME: user.username,
    ...withHash(client, user.username),
    ...(device && { DEVICE_KEY: device.key }),
  };
  const srp = () =>
    srpClient({ poolName: poolName(user.pool), username: user.username }, user.password).publicA;
  switch (AuthFlow) {
    case "USER_SRP_AUTH":
      return { AuthFlow, AuthParameters: { ...common, SRP_A: srp() } };
    case "CUSTOM_AUTH":
      return {
        AuthFlow,
        AuthParameters: { ...common, ...(random.chance(0.3) && { CHALLENGE_NAME: "SRP_A", SRP_A: srp() }) },
      };
    case "USER_AUTH": {
      const preferred = random.pick(["PASSWORD", "EMAIL_OTP", "WEB_AUTHN", "PASSWORD_SRP", ""]);
      return {
        AuthFlow,
        AuthParameters: {
          ...common,
          ...(preferred !== "" && { PREFERRED_CHALLENGE: preferred }),
          ...(preferred === "PASSWORD" && { PASSWORD: user.password }),
          ...(preferred === "PASSWORD_SRP" && { SRP_A: srp() }),
        },
      };
    }
    default:
      return { AuthFlow, AuthParameters: { ...common, PASSWORD: user.password } };
  }
}

/** The right answer to a challenge, with the Session that it goes with; undefined where the user has nothing to answer with. */
export async function answerTo(
  world: World,
  open: OpenChallenge,
): Promise<{ session: string | undefined; responses: Texts } | undefined> {
  const { user, client, name, parameters } = open;
  const username = parameters.USER_ID_FOR_SRP ?? parameters.USERNAME ?? user.username;
  const device = open.device?.key === undefined ? {} : { DEVICE_KEY: open.device.key };
  const answer = (responses: Texts, session = open.session) => ({
    session,
    responses: { USERNAME: username, ...withHash(client, username), ...responses },
  });
  switch (name) {
    case "PASSWORD_VERIFIER": {
      const srp = srpClient({ poolName: poolName(user.pool), username }, user.password);
      return answer({ ...srp.claim(parameters), ...device });
    }
    case "NEW_PASSWORD_REQUIRED":
      return answer({ NEW_PASSWORD: `${user.password}${world.random.word(2)}` });
    case "SMS_MFA":
    case "EMAIL_OTP":
    case "SMS_OTP":
      return answer({ [`${name}_CODE`]: await codeTo(world, user), ...device });
    case "SOFTWARE_TOKEN_MFA":
      return user.totp === undefined
        ? undefined
        : answer({ SOFTWARE_TOKEN_MFA_CODE: await totpCode(world, user, user.totp), ...device });
    case "SELECT_MFA_TYPE":
      return answer({
        ANSWER: world.random.pickAny<string>(JSON.parse(parameters.MFAS_CAN_CHOOSE ?? "[]")) ?? "SMS_MFA",
      });
    case "MFA_SETUP": {
      const { body: given } = await world.send("AssociateSoftwareToken", { Session: open.session });
      if (given.SecretCode === undefined) return undefined;
      const UserCode = await totpCode(world, user, given.SecretCode);
      const { body: verified } = await world.send("VerifySoftwareToken", {
        Session: given.Session,
        UserCode,
      });
      if (verified.Status === "SUCCESS") user.totp = given.SecretCode;
      return verified.Session && answer({}, verified.Session);
    }
    case "SELECT_CHALLENGE":
      return answer(
        world.random.pick<Texts>([
          { ANSWER: "PASSWORD", PASSWORD: user.password },
          { ANSWER: "EMAIL_OTP" },
          { ANSWER: "WEB_AUTHN" },
        ]),
      );
    case "PASSWORD":
      return answer({ PASSWORD: user.password });
    case "PASSWORD_SRP":
      return answer({ SRP_A: srpClient({ poolName: poolName(user.pool), username }, user.password).publicA });
    case "WEB_AUTHN": {
      const passkey = world.random.pickAny(user.passkeys);
      const { challenge, rpId } = JSON.parse(parameters.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
      return passkey && answer({ CREDENTIAL: passkey.authenticate({ challenge, rpId }) });
    }
    case "DEVICE_SRP_AUTH":
      return open.device && answer({ ...softwareDevice(open.device.metadata).begin });
    case "DEVICE_PASSWORD_VERIFIER":
      return open.device && answer({ ...softwareDevice(open.device.metadata).claim(parameters) });
    case "CUSTOM_CHALLENGE":
      return answer({ ANSWER: "42" });
    default:
      return undefined;
  }
}

/** The input that answers an open challenge. */
export async function respondInput(world: World, open: OpenChallenge): Promise<Json | undefined> {
  const answer = await answerTo(world, open);
  return (
    answer && {
      ...(open.isAdmin && { UserPoolId: open.client.pool.id }),
      ClientId: open.client.id,
      ChallengeName: open.name,
      ...(answer.session !== undefined && { Session: answer.session }),
      ChallengeResponses: answer.responses,
    }
  );
}

const MAX_STEPS = 8;

/** Tokens of a user that are valid still; signs one in where there are none. */
export async function signedIn(
  world: World,
  user: User | undefined,
  fits: (tokens: Tokens) => boolean = () => true,
): Promise<Tokens | undefined> {
  if (user === undefined) return undefined;
  const MARGIN_MILLISECONDS = 120_000;
  const find = () =>
    user.tokens.find((held) => held.expiresAt > world.now() + MARGIN_MILLISECONDS && fits(held));
  const held = find();
  if (held) return held;
  const client = clientOf(world, user.pool, "app", "pages", "rotating");
  if (client === undefined) return undefined;
  const before = world.challenges.length;
  let { body } = await world.send("AdminInitiateAuth", {
    UserPoolId: user.pool.id,
    ClientId: client.id,
    ...beginning(world, user, client, ["ADMIN_USER_PASSWORD_AUTH"]),
  });
  for (let step = 0; step < MAX_STEPS && body.ChallengeName !== undefined; step++) {
    const open = world.challenges.pop();
    const input = open && (await respondInput(world, open));
    if (input === undefined) break;
    ({ body } = await world.send("AdminRespondToAuthChallenge", input));
  }
  world.challenges.length = Math.min(world.challenges.length, before);
  return find();
}
