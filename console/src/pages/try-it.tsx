import type { AuthenticationResultType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAction } from "../api/load.ts";
import { ChallengeForm } from "../components/challenge-form.tsx";
import { CodeForm } from "../components/code-form.tsx";
import { ExchangeList } from "../components/exchange-list.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { ProblemAlert } from "../components/problem.tsx";
import { TokenResult } from "../components/token-result.tsx";
import { TryItForm } from "../components/try-it-form.tsx";
import { useText } from "../i18n/text.tsx";
import {
  answerChallenge,
  beginSignIn,
  confirmPassword,
  type Exchange,
  forgetPassword,
  type SignInTarget,
  type Step,
  type TokenAction,
  tokenActions,
} from "../sign-in/exchange.ts";

/** A sign-in under way: whose, and where it stands. */
interface Progress {
  readonly target: SignInTarget;
  readonly step: Step;
}

export default function TryIt({ poolId }: { readonly poolId: string }) {
  const text = useText().tryIt;
  const action = useAction();
  const [progress, setProgress] = useState<Progress>();
  const [exchanges, setExchanges] = useState<readonly Exchange[]>([]);
  const tell = (exchange: Exchange) => setExchanges((before) => [...before, exchange]);

  const startOver = () => {
    setProgress(undefined);
    setExchanges([]);
    action.clear();
  };
  const begin = (target: SignInTarget, password: string) =>
    action.run(async () => setProgress({ target, step: await beginSignIn(target, password, tell) }));
  const forget = (target: SignInTarget) =>
    action.run(async () => setProgress({ target, step: await forgetPassword(target, tell) }));
  const confirm = (target: SignInTarget, code: string, password: string) =>
    action.run(async () =>
      setProgress({ target, step: await confirmPassword(target, code, password, tell) }),
    );
  const answer = (target: SignInTarget, step: Step, responses: Record<string, string>) =>
    action.run(async () => {
      if (step.kind !== "challenge") return;
      setProgress({ target, step: await answerChallenge(target, step.challenge, responses, tell) });
    });
  const use = (target: SignInTarget, tokens: AuthenticationResultType, name: TokenAction) =>
    action.run(async () => {
      const newer = await tokenActions[name](target, tokens, tell);
      if (newer !== undefined) setProgress({ target, step: { kind: "tokens", tokens: newer } });
    });

  return (
    <ContentLayout
      header={
        <PageHeader
          title={text.title}
          description={text.description}
          actions={
            <Button iconName="undo" disabled={exchanges.length === 0} onClick={startOver}>
              {text.startOver}
            </Button>
          }
        />
      }
    >
      <SpaceBetween size="l">
        {progress === undefined && (
          <Container header={<Header>{text.signIn}</Header>}>
            <TryItForm
              poolId={poolId}
              isRunning={action.isRunning}
              onSubmit={(...given) => void begin(...given)}
              onForgotten={(target) => void forget(target)}
            />
          </Container>
        )}
        {progress?.step.kind === "challenge" && (
          <Container
            header={
              <Header description={text.challengeHint}>{text.challenge(progress.step.challenge.name)}</Header>
            }
          >
            <ChallengeForm
              // A challenge that comes again has a new session, and starts empty.
              key={progress.step.challenge.session}
              challenge={progress.step.challenge}
              isRunning={action.isRunning}
              onSubmit={(responses) => void answer(progress.target, progress.step, responses)}
            />
          </Container>
        )}
        {progress?.step.kind === "code" && (
          <Container header={<Header description={text.resetHint}>{text.reset}</Header>}>
            <CodeForm
              delivery={progress.step.delivery}
              isRunning={action.isRunning}
              onSubmit={(...given) => void confirm(progress.target, ...given)}
            />
          </Container>
        )}
        <ProblemAlert error={action.error} />
        {progress?.step.kind === "tokens" && (
          <TokenResult
            tokens={progress.step.tokens}
            isRunning={action.isRunning}
            onAction={(name) =>
              progress.step.kind === "tokens" && void use(progress.target, progress.step.tokens, name)
            }
          />
        )}
        <ExchangeList exchanges={exchanges} />
      </SpaceBetween>
    </ContentLayout>
  );
}
