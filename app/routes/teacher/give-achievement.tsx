import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/ui/button.tsx";
import { ChoiceField, Field, SelectField, TextField } from "#app/components/ui/field.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { giveAchievement } from "#app/domain/learning/achievements/give-achievement.server.ts";
import { GiveInput } from "#app/domain/learning/achievements/inputs.ts";
import { loadGiving } from "#app/domain/learning/achievements/read-achievements.server.ts";
import { KINDS } from "#app/domain/learning/achievements/rules.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const student = await read(() => loadGiving(context, actor, params.studentId ?? ""));
  return { title: messagesFor(actor.locale).achievements.giveTitle(student.name), key: context.ids.secret(), student };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = params.studentId ?? "";
  return submit(request, GiveInput, async (input, { key }) => {
    await giveAchievement(context, actor, studentId, input, await repeatOf(key, ["give", studentId, input]));
    return redirect(`/children/${studentId}/achievements?done=given`, 303);
  });
}

export default function GiveAchievement() {
  const { m: { achievements: m, budgets } } = useLanguage();
  const { title, key, student } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  return (
    <>
      <PageHeader title={title} about={m.giveAbout} back={{ href: student.mayRead ? `/children/${student.id}/achievements` : `/students/${student.id}`, label: budgets.backToChild(student.name) }} />
      <RefusalSummary refusal={refusal} />
      <form method="post">
        <input type="hidden" name="key" value={key} />
        <ChoiceField name="kind" label={m.kind} refusal={refusal} chosen="certificate" options={KINDS.map((kind) => ({ value: kind, label: m.kinds[kind] }))} />
        {student.schools.length > 1 && <SelectField name="schoolId" label={m.school} refusal={refusal} options={student.schools.map(({ id, name }) => ({ value: id, label: name }))} />}
        <Field name="title" label={m.name} hint={m.nameHint} maxLength={120} autoComplete="off" refusal={refusal} />
        <TextField name="criteria" label={m.criteria} maxLength={1000} refusal={refusal} />
        <TextField name="description" label={m.description} hint={m.descriptionHint} maxLength={1000} refusal={refusal} />
        <Field name="lastDay" type="date" label={m.lastDay} hint={m.lastDayHint} refusal={refusal} />
        <Button>{m.giveNow}</Button>
      </form>
    </>
  );
}
