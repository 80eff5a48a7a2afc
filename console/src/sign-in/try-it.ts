import type { AttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { useState } from "react";
import { useAction } from "../api/load.ts";
import { rememberDevice } from "./device.ts";
import type { Device, Exchange, SignInTarget } from "./exchange.ts";
import { registerPasskey, signWithPasskey } from "./passkey.ts";
import { confirmPassword, forgetPassword } from "./recovery.ts";
import { answerBySrp, answerChallenge, beginSignIn, type Challenge, type Step } from "./sign-in.ts";
import { confirmSignUp, resendCode, signUp } from "./sign-up.ts";
import { type TokenAction, tokenActions } from "./token-actions.ts";
import { associateTotp, preferTotp, type TotpSetup, verifyTotp } from "./totp.ts";

/** A sign-in or sign-up under way, of one user. */
export interface Progress {
  readonly target: SignInTarget;
  readonly step: Step;
  /** The authenticator app that is being set up. */
  readonly setup?: TotpSetup;
  /** The additions after the sign-in, so that they are not offered again. */
  readonly added?: readonly ("device" | "passkey" | "app")[];
}

/** The state of "Try it", the calls so far, and the next actions. */
export function useTryIt() {
  const action = useAction();
  const [progress, setProgress] = useState<Progress>();
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  /** By the user's name. They last as long as the page. */
  const [devices, setDevices] = useState<Readonly<Record<string, Device>>>({});
  const tell = (exchange: Exchange) => setExchanges((before) => [...before, exchange]);
  const advance = (target: SignInTarget, step: () => Promise<Step>) =>
    void action.run(async () => setProgress({ target, step: await step() }));
  const withChallenge = (current: Progress, work: (challenge: Challenge) => Promise<Step>) => {
    const { step, target } = current;
    if (step.kind === "challenge") advance(target, () => work(step.challenge));
  };

  return {
    progress,
    exchanges,
    action,
    deviceOf: (username: string) => devices[username],
    startOver() {
      setProgress(undefined);
      setExchanges([]);
      action.clear();
    },
    signIn: (target: SignInTarget, password: string) =>
      advance(target, () => beginSignIn(target, password, tell)),
    signUp: (target: SignInTarget, password: string, attributes: readonly AttributeType[]) =>
      advance(target, () => signUp(target, password, attributes, tell)),
    confirmSignUp: (target: SignInTarget, code: string, password: string) =>
      advance(target, () => confirmSignUp(target, code, password, tell)),
    resendCode: (target: SignInTarget, password: string) =>
      advance(target, () => resendCode(target, password, tell)),
    forgetPassword: (target: SignInTarget) => advance(target, () => forgetPassword(target, tell)),
    confirmPassword: (target: SignInTarget, code: string, password: string) =>
      advance(target, () => confirmPassword(target, code, password, tell)),
    answer: (current: Progress, responses: Record<string, string>) =>
      withChallenge(current, (challenge) => answerChallenge(current.target, challenge, responses, tell)),
    answerBySrp: (current: Progress, responses: Record<string, string>, password: string) =>
      withChallenge(current, (challenge) =>
        answerBySrp(current.target, challenge, responses, password, tell),
      ),
    answerByPasskey: (current: Progress) =>
      withChallenge(current, async (challenge) =>
        answerChallenge(current.target, challenge, await signWithPasskey(challenge.parameters), tell),
      ),
    associateTotp(current: Progress) {
      const { step, target } = current;
      const proof =
        step.kind === "challenge"
          ? { Session: step.challenge.session }
          : step.kind === "tokens" && { AccessToken: step.tokens.AccessToken };
      if (!proof) return;
      void action.run(async () =>
        setProgress({ ...current, setup: await associateTotp(target, proof, tell) }),
      );
    },
    verifyTotp(current: Progress, code: string) {
      const { setup, step, target, added = [] } = current;
      if (setup === undefined) return;
      withChallenge(current, async (challenge) => {
        const session = await verifyTotp(target, { Session: setup.session }, code, tell);
        return answerChallenge(target, { ...challenge, session }, {}, tell);
      });
      if (step.kind !== "tokens") return;
      void action.run(async () => {
        const { AccessToken } = step.tokens;
        await verifyTotp(target, { AccessToken }, code, tell);
        await preferTotp(target, AccessToken, tell);
        setProgress({ target, step, added: [...added, "app"] });
      });
    },
    rememberDevice(current: Progress, name: string) {
      const { step, target, added = [] } = current;
      if (step.kind !== "tokens") return;
      void action.run(async () => {
        const device = await rememberDevice(target, step.tokens, name, tell);
        setDevices((before) => ({ ...before, [target.username]: device }));
        setProgress({ ...current, added: [...added, "device"] });
      });
    },
    registerPasskey(current: Progress) {
      const { step, target, added = [] } = current;
      if (step.kind !== "tokens") return;
      void action.run(async () => {
        await registerPasskey(target, step.tokens, tell);
        setProgress({ ...current, added: [...added, "passkey"] });
      });
    },
    actOnTokens(current: Progress, name: TokenAction) {
      const { step, target } = current;
      if (step.kind !== "tokens") return;
      void action.run(async () => {
        const newer = await tokenActions[name](target, step.tokens, tell);
        setProgress({ ...current, step: { kind: "tokens", tokens: newer ?? step.tokens } });
      });
    },
  };
}

export type Trial = ReturnType<typeof useTryIt>;
