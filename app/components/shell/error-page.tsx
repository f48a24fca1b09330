import { useLocation } from "@remix-run/react";
import type { StepUpDemand } from "#app/http/step-up-form.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { StepUpForm } from "../identity/step-up-form.tsx";

export function ErrorPage({ status, facts }: { status: number; facts: Record<string, unknown> }) {
  const { m } = useLanguage();
  const { pathname, search } = useLocation();
  if (facts.code === "step_up_required") {
    const { act, methods } = facts as unknown as StepUpDemand;
    return <StepUpForm act={act} to={act ? null : pathname + search} methods={methods} />;
  }
  const [title, text] = status === 404 ? [m.shell.notFoundTitle, m.shell.notFoundText] : status === 403 ? [m.shell.forbiddenTitle, m.shell.forbiddenText] : [m.shell.crashTitle, m.shell.crashText];
  return <><h1>{title}</h1><p>{text}</p><p><a href="/">{m.shell.toHome}</a></p></>;
}
