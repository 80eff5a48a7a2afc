import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { ReactNode } from "react";
import { useFirstField } from "./first-field.ts";

interface Props {
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
}

/** A step of a sign-in, which has the focus when it appears. */
export function Step({ title, description, children }: Props) {
  const part = useFirstField<HTMLDivElement>();
  return (
    <div ref={part}>
      <Container header={<Header description={description}>{title}</Header>}>{children}</Container>
    </div>
  );
}
