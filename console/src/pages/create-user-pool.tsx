import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Wizard from "@cloudscape-design/components/wizard";
import { useState } from "react";
import { inRegion } from "../api/aws.ts";
import { useAction } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { paths } from "../app/paths.ts";
import { usePreferences } from "../app/preferences.tsx";
import { useNavigation } from "../app/router.tsx";
import { useSession } from "../app/session.tsx";
import { CreatePoolReview } from "../components/create-pool-review.tsx";
import {
  AttributesStep,
  PasswordStep,
  PoolAndClientStep,
  SignInStep,
} from "../components/create-pool-steps.tsx";
import { useTitle } from "../components/page-header.tsx";
import { ProblemAlert } from "../components/problem.tsx";
import { useText } from "../i18n/text.tsx";
import {
  createFirstClientRequest,
  createPoolRequest,
  emptyPool,
  type NewPool,
  validSteps,
} from "../rules/new-pool.ts";

export default function CreateUserPool() {
  const text = useText().createPool;
  const common = useText().common;
  const show = useFlash();
  const { navigate } = useNavigation();
  const { me } = useSession();
  const { region = me.region } = usePreferences();
  const action = useAction();
  const [step, setStep] = useState(0);
  const [triedStep, setTriedStep] = useState(-1);
  const [pool, setPool] = useState<NewPool>(emptyPool);
  const change = (changes: Partial<NewPool>) => setPool((before) => ({ ...before, ...changes }));
  useTitle(text.title);

  const valid = validSteps(pool);
  const goTo = (requested: number) => {
    // Backwards always; forwards past a step only once it is as it has to be.
    const firstInvalid = valid.indexOf(false);
    const isBlocked = requested > step && firstInvalid !== -1 && firstInvalid < requested;
    setTriedStep(isBlocked ? firstInvalid : -1);
    setStep(isBlocked ? firstInvalid : requested);
    if (!isBlocked) window.scrollTo(0, 0);
  };

  const create = () =>
    action.run(async () => {
      const poolId = await inRegion(region, async (client) => {
        const { UserPool } = await client.send(new CreateUserPoolCommand(createPoolRequest(pool)));
        const id = UserPool?.Id ?? "";
        await client.send(new CreateUserPoolClientCommand(createFirstClientRequest(id, pool)));
        return id;
      });
      show("success", text.created(pool.name));
      navigate(paths.poolOverview(poolId));
    });

  const props = { pool, onChange: change };
  return (
    <Wizard
      i18nStrings={{
        stepNumberLabel: text.stepNumber,
        collapsedStepsLabel: text.stepOf,
        navigationAriaLabel: text.steps,
        cancelButton: common.cancel,
        previousButton: common.previous,
        nextButton: common.next,
        submitButton: text.submit,
        optional: common.optional,
      }}
      activeStepIndex={step}
      isLoadingNextStep={action.isRunning}
      onNavigate={({ detail }) => goTo(detail.requestedStepIndex)}
      onCancel={() => navigate(paths.userPools)}
      onSubmit={() => void create()}
      steps={[
        {
          title: text.signIn.title,
          description: text.signIn.description,
          content: <SignInStep {...props} />,
        },
        {
          title: text.password.title,
          description: text.password.description,
          content: <PasswordStep {...props} />,
        },
        {
          title: text.attributes.title,
          description: text.attributes.description,
          content: <AttributesStep {...props} wasTried={triedStep === 2} />,
        },
        {
          title: text.names.title,
          description: text.names.description,
          content: <PoolAndClientStep {...props} wasTried={triedStep === 3} />,
        },
        {
          title: text.review.title,
          content: (
            <SpaceBetween size="l">
              <CreatePoolReview pool={pool} region={region} onEdit={setStep} />
              <ProblemAlert error={action.error} />
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}
