import type { AttributeType } from "@aws-sdk/client-cognito-identity-provider";
import { useState } from "react";
import { useAction } from "../api/load.ts";
import type { Exchange, SignInTarget } from "./exchange.ts";
import { confirmPassword, forgetPassword } from "./recovery.ts";
import { answerChallenge, beginSignIn, type Step } from "./sign-in.ts";
import { confirmSignUp, resendCode, signUp } from "./sign-up.ts";
import { type TokenAction, tokenActions } from "./token-actions.ts";
import { associateTotp, type TotpSetup, verifyTotp } from "./totp.ts";

/** A sign-in or sign-up under way: whose, and where it stands. */
export interface Progress {
  readonly target: SignInTarget;
  readonly step: Step;
  /** The authenticator app that is being set up, while the challenge asks for one. */
  readonly setup?: TotpSetup;
}

/** Where "Try it" stands, the calls so far, and what can be done next. */
export function useTryIt() {
  const action = useAction();
  const [progress, setProgress] = useState<Progress>();
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const tell = (exchange: Exchange) => setExchanges((before) => [...before, exchange]);
  const advance = (target: SignInTarget, step: () => Promise<Step>) =>
    void action.run(async () => setProgress({ target, step: await step() }));
  const challengeOf = ({ step }: Progress) => (step.kind === "challenge" ? step.challenge : undefined);

  return {
    progress,
    exchanges,
    action,
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
    answer(current: Progress, responses: Record<string, string>) {
      const challenge = challengeOf(current);
      if (challenge === undefined) return;
      advance(current.target, () => answerChallenge(current.target, challenge, responses, tell));
    },
    associateTotp(current: Progress) {
      const challenge = challengeOf(current);
      if (challenge === undefined) return;
      void action.run(async () =>
        setProgress({ ...current, setup: await associateTotp(current.target, challenge, tell) }),
      );
    },
    verifyTotp(current: Progress, code: string) {
      const challenge = challengeOf(current);
      const { setup, target } = current;
      if (challenge === undefined || setup === undefined) return;
      advance(target, async () => {
        const session = await verifyTotp(target, setup, code, tell);
        return answerChallenge(target, { ...challenge, session }, {}, tell);
      });
    },
    actOnTokens({ target, step }: Progress, name: TokenAction) {
      if (step.kind !== "tokens") return;
      const { tokens } = step;
      advance(target, async () => ({
        kind: "tokens",
        tokens: (await tokenActions[name](target, tokens, tell)) ?? tokens,
      }));
    },
  };
}
