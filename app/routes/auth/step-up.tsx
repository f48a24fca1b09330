import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { StepUpForm } from "#app/components/identity/step-up-form.tsx";
import { stepUpMethods } from "#app/domain/actor.ts";
import { DomainError } from "#app/domain/errors.ts";
import { StepUpInput } from "#app/domain/identity/inputs.ts";
import { stepUp } from "#app/domain/identity/step-up.server.ts";
import type { Refusal } from "#app/http/forms.ts";
import { issuesOf } from "#app/http/issues.ts";
import { localPath } from "#app/http/local-path.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { STATUS } from "#app/http/respond.ts";
import { sessionCookie } from "#app/http/session.ts";
import { atStepUpFields, readStepUpForm } from "#app/http/step-up-form.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).identity.stepUpTitle, methods: stepUpMethods(actor), to: localPath(new URL(request.url).searchParams.get("to"), "/home") };
}

/** Not `submit`: the form holds two, and the one that waits must go on as it came. */
export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { proof, act, to } = await readStepUpForm(request);
  try {
    const parsed = StepUpInput.safeParse(proof);
    if (!parsed.success) throw new DomainError("invalid_input", "invalid_input", { fields: issuesOf(parsed.error) });
    const session = await stepUp(context, actor, parsed.data);
    // 307: the browser sends the very same form again, to the act.
    return redirect(localPath(act?.path ?? to, "/home"), { status: act ? 307 : 303, ...(session ? { headers: { "Set-Cookie": sessionCookie(context, session) } } : {}) });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const refusal: Refusal = { reason: error.reason, fields: atStepUpFields(error.fields), values: {}, extra: {} };
    return data({ refusal, act, to }, STATUS[error.code]);
  }
}

export default function StepUp() {
  const { methods, to } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return <StepUpForm act={refused?.act ?? null} to={refused ? refused.to : to} methods={methods} refusal={refused?.refusal} />;
}
