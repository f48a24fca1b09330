import { isRouteErrorResponse, useLocation } from "@remix-run/react";
import type { StepUpDemand } from "#app/http/step-up-form.ts";
import type { Messages } from "#app/i18n/catalogue.ts";
import { useLanguage, useProblems } from "#app/i18n/use-messages.ts";
import { StepUpForm } from "../identity/step-up-form.tsx";
import { ButtonLink } from "../ui/button.tsx";

type Failure = { status: number; facts: Record<string, unknown> };

/** What a route's error says of itself; a crash says nothing. */
export function failureOf(error: unknown): Failure {
  return isRouteErrorResponse(error) ? { status: error.status, facts: (error.data ?? {}) as Record<string, unknown> } : { status: 500, facts: {} };
}

export function failureTitle(m: Messages, { status, facts }: Failure): string {
  return facts.code === "step_up_required" ? m.identity.stepUpTitle : wordsFor(m, status).title;
}

const wordsFor = ({ shell: { errors } }: Messages, status: number) => (errors as Record<number, { title: string; text: string }>)[status] ?? errors[status < 500 ? 400 : 500];

/** What is said when a page cannot be shown: why, and what to do next. Nobody is blamed and nothing is a dead end. */
export function ErrorPage({ status, facts }: Failure) {
  const { m } = useLanguage();
  const say = useProblems();
  const { pathname, search } = useLocation();
  if (facts.code === "step_up_required") {
    const { act, methods } = facts as unknown as StepUpDemand;
    return <StepUpForm act={act} to={act ? null : pathname + search} methods={methods} />;
  }
  const { title, text } = wordsFor(m, status);
  return (
    <>
      <h1>{title}</h1>
      <p>{typeof facts.reason === "string" && facts.reason !== facts.code ? say(facts.reason) : text}</p>
      <p><ButtonLink href="/">{m.shell.toHome}</ButtonLink></p>
    </>
  );
}
