import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import * as z from "zod";
import { localDate } from "../domain/clock.ts";
import { repeatOf } from "../domain/idempotency.server.ts";
import { listWritten, readWritten } from "../domain/learning/read-written.server.ts";
import { addWritten, changeWritten, removeWritten } from "../domain/learning/write-of-student.server.ts";
import { placeOf } from "../domain/learning/written-kinds.ts";
import { AssessmentInput, MOST_COMPETENCIES, NoteInput, ObservationInput, type WrittenInput, type WrittenKind } from "../domain/learning/written-inputs.ts";
import { messagesFor } from "../i18n/catalogue.ts";
import { read, submit, type Typed } from "./forms.ts";
import { requireVisitor } from "./require-actor.ts";

/** The pages of the three kinds of record do the same with another kind. */
const inputs = { observation: ObservationInput, assessment: AssessmentInput, note: NoteInput } as { [K in WrittenKind]: z.ZodType<WrittenInput[K]> };

/** Fields are named as the problems that may be found with them: `competencies.0.level`. */
function asInput(kind: WrittenKind, typed: Typed): unknown {
  const rows = Array.from({ length: MOST_COMPETENCIES }, (_, at) => ({ competency: typed[`competencies.${at}.competency`], level: typed[`competencies.${at}.level`] })).filter((row) => row.competency ?? row.level);
  return { ...typed, competencies: kind === "assessment" ? rows.map((row) => row.competency) : rows };
}

const cursorOf = (request: Request) => new URL(request.url).searchParams.get("cursor")?.slice(0, 100) ?? undefined;

export async function loadWrittenList(kind: WrittenKind, { context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const page = await read(() => listWritten(context, actor, kind, params.studentId ?? "", { limit: 20, cursor: cursorOf(request) }));
  const asked = new URL(request.url).searchParams;
  return {
    title: messagesFor(actor.locale).learning.titles[kind](page.student.name), ...page, taught: actor.viewedBy ? [] : page.taught, kind, today: localDate(context.clock.now(), actor.timeZone), repeat: context.ids.secret(),
    adding: asked.has("add"), done: asked.get("done"), atHome: actor.userId === page.student.id || actor.wards.some((ward) => ward.childId === page.student.id),
  };
}
export type WrittenListPage = Awaited<ReturnType<typeof loadWrittenList>>;

export async function actOnWrittenList(kind: WrittenKind, { context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const studentId = params.studentId ?? "";
  return submit(request, inputs[kind] as z.ZodType<WrittenInput[WrittenKind]>, async (input, { repeat }) => {
    await addWritten(context, actor, kind, studentId, input, await repeatOf(repeat, [kind, studentId, input]));
    return redirect(`/students/${studentId}/${placeOf[kind]}?done=added`, 303);
  }, (typed) => asInput(kind, typed));
}

export async function loadWrittenItem(kind: WrittenKind, id: string | undefined, { context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const written = await read(() => readWritten(context, actor, kind, id ?? ""));
  const asked = new URL(request.url).searchParams;
  return { title: written.title ?? messagesFor(actor.locale).learning.kinds[kind], kind, written, today: localDate(context.clock.now(), actor.timeZone), removing: asked.has("remove"), done: asked.get("done") };
}
export type WrittenItemPage = Awaited<ReturnType<typeof loadWrittenItem>>;

export async function actOnWrittenItem(kind: WrittenKind, id: string | undefined, { context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const Act = z.union([z.object({ act: z.literal("remove") }), (inputs[kind] as z.ZodType<WrittenInput[WrittenKind]>).transform((input) => ({ act: "change" as const, input }))]);
  return submit(request, Act, async (asked) => {
    if (asked.act === "change") {
      await changeWritten(context, actor, kind, id ?? "", asked.input);
      return redirect(`/${placeOf[kind]}/${id}?done=changed`, 303);
    }
    const { studentId } = await removeWritten(context, actor, kind, id ?? "");
    return redirect(`/students/${studentId}/${placeOf[kind]}?done=removed`, 303);
  }, (typed) => (typed.act === "remove" ? { act: "remove" } : asInput(kind, typed)));
}
