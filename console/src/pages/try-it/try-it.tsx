import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useAddressState } from "../../app/router.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { TokenResult } from "../../components/tools/token-result.tsx";
import { ChallengeForm } from "../../components/try-it/challenge-form.tsx";
import { CodeForm } from "../../components/try-it/code-form.tsx";
import { ConfirmSignUpForm } from "../../components/try-it/confirm-sign-up-form.tsx";
import { ExchangeList } from "../../components/try-it/exchange-list.tsx";
import { MfaSetupForm } from "../../components/try-it/mfa-setup-form.tsx";
import { SignInForm } from "../../components/try-it/sign-in-form.tsx";
import { SignUpForm } from "../../components/try-it/sign-up-form.tsx";
import { SignedInExtras } from "../../components/try-it/signed-in-extras.tsx";
import { Step } from "../../components/try-it/step.tsx";
import { useText } from "../../i18n/text.tsx";
import { type Progress, type Trial, useTryIt } from "../../sign-in/try-it.ts";

export default function TryIt({ poolId }: { readonly poolId: string }) {
  const text = useText().tryIt;
  const trial = useTryIt();
  const [{ username }] = useAddressState({ username: "" });
  const { progress, exchanges, action } = trial;
  return (
    <ContentLayout
      header={
        <PageHeader
          title={text.title}
          description={text.description}
          actions={
            <Button iconName="undo" disabled={exchanges.length === 0} onClick={trial.startOver}>
              {text.startOver}
            </Button>
          }
        />
      }
    >
      <SpaceBetween size="l">
        {progress === undefined ? (
          <Tabs
            variant="container"
            ariaLabel={text.title}
            tabs={[
              {
                id: "signIn",
                label: text.signIn,
                content: (
                  <SignInForm
                    poolId={poolId}
                    isRunning={action.isRunning}
                    deviceOf={trial.deviceOf}
                    onSubmit={trial.signIn}
                    onForgotten={trial.forgetPassword}
                    username={username}
                  />
                ),
              },
              {
                id: "signUp",
                label: text.signUp,
                content: <SignUpForm poolId={poolId} isRunning={action.isRunning} onSubmit={trial.signUp} />,
              },
            ]}
          />
        ) : (
          <CurrentStep progress={progress} trial={trial} />
        )}
        <ProblemAlert error={action.error} />
        {progress?.step.kind === "tokens" && (
          <SpaceBetween size="l">
            <TokenResult
              tokens={progress.step.tokens}
              isRunning={action.isRunning}
              onAction={(name) => trial.actOnTokens(progress, name)}
            />
            <SignedInExtras progress={progress} trial={trial} />
          </SpaceBetween>
        )}
        <ExchangeList exchanges={exchanges} />
      </SpaceBetween>
    </ContentLayout>
  );
}

interface StepProps {
  readonly progress: Progress;
  readonly trial: Trial;
}

/** The form for the current step. */
function CurrentStep({ progress, trial }: StepProps) {
  const text = useText().tryIt;
  const { target, step, setup } = progress;
  const { isRunning } = trial.action;
  switch (step.kind) {
    case "tokens":
      return null;
    case "confirm":
      return (
        <Step key="confirm" title={text.confirmation} description={text.confirmationHint}>
          <ConfirmSignUpForm
            delivery={step.delivery}
            isRunning={isRunning}
            onSubmit={(code) => trial.confirmSignUp(target, code, step.password)}
            onResend={() => trial.resendCode(target, step.password)}
          />
        </Step>
      );
    case "code":
      return (
        <Step key="code" title={text.reset} description={text.resetHint}>
          <CodeForm
            delivery={step.delivery}
            isRunning={isRunning}
            onSubmit={(code, password) => trial.confirmPassword(target, code, password)}
          />
        </Step>
      );
    case "challenge":
      return (
        <Step
          // A challenge that comes again has a new session, and starts empty.
          key={step.challenge.session}
          title={text.challenge(step.challenge.name)}
          description={text.challengeHint}
        >
          {step.challenge.name === "MFA_SETUP" ? (
            <MfaSetupForm
              challenge={step.challenge}
              setup={setup}
              username={target.username}
              isRunning={isRunning}
              onAssociate={() => trial.associateTotp(progress)}
              onVerify={(code) => trial.verifyTotp(progress, code)}
              onEmail={(EMAIL) => trial.answer(progress, { EMAIL })}
            />
          ) : (
            <ChallengeForm
              challenge={step.challenge}
              isRunning={isRunning}
              onSubmit={(responses) => trial.answer(progress, responses)}
              onSrp={(responses, password) => trial.answerBySrp(progress, responses, password)}
              onPasskey={() => trial.answerByPasskey(progress)}
            />
          )}
        </Step>
      );
  }
}
