import { EmptyState } from "#app/components/ui/empty-state.tsx";
import type { listGiven, listPendingReviews, listReceived } from "#app/domain/learning/assignments/list-assignments.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { AttemptTag } from "./attempt-tag.tsx";
import { Due } from "./due.tsx";

type Items<F extends (...args: never[]) => Promise<{ items: unknown[] }>> = Awaited<ReturnType<F>>["items"];

/** A student's: each leads to the work, what was handed in to its feedback. */
export function ReceivedList({ items, shown, opens }: { items: Items<typeof listReceived>; shown: "todo" | "handed_in" | "reviewed"; opens: boolean }) {
  const { m: { learningWork: m, learning } } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.nothingTodo[shown]}><p>{m.nothingTodoText}</p></EmptyState>;
  return (
    <ul className="rows">{items.map((item) => {
      const href = shown === "todo" ? (opens ? `/assignments/${item.id}` : null) : `/submissions/${item.submissionId}`;
      return (
        <li key={item.id}>
          <p className="lead">{href ? <a href={href}>{item.title}</a> : <span>{item.title}</span>}<span>{item.level && <strong>{learning.levelShort(item.level)} </strong>}{item.tried && <AttemptTag status={item.tried} late={item.late} />}</span></p>
          <p className="hint">{item.subject}, {m.by(item.author)}. {m.due} <Due at={item.dueAt} timeZone={item.timeZone} /></p>
        </li>
      );
    })}</ul>
  );
}

/** A teacher's own, with how many wait. */
export function GivenList({ items }: { items: Items<typeof listGiven> }) {
  const { m: { learningWork: m } } = useLanguage();
  if (items.length === 0) return <EmptyState title={m.nothingGiven}><p>{m.nothingGivenText}</p></EmptyState>;
  return (
    <ul className="rows">{items.map((item) => (
      <li key={item.id}>
        <p className="lead"><a href={`/assignments/${item.id}`}>{item.title}</a>{item.waiting > 0 && <strong>{m.waitingCount(item.waiting)}</strong>}</p>
        <p className="hint">{item.subject}. {m.due} <Due at={item.dueAt} timeZone={item.timeZone} /></p>
      </li>
    ))}</ul>
  );
}

/** What waits for feedback, the longest wait first. */
export function PendingList({ items }: { items: Items<typeof listPendingReviews> }) {
  const { m: { learningWork: m }, f } = useLanguage();
  if (items.length === 0) return <p>{m.pendingNone}</p>;
  return (
    <ul className="rows">{items.map((item) => (
      <li key={item.id}>
        <p className="lead"><a href={`/submissions/${item.id}`}>{item.student}: {item.title}</a><AttemptTag status={item.status} late={item.late} /></p>
        <p className="hint">{m.since} {f.dateTime(item.submittedAt)}</p>
      </li>
    ))}</ul>
  );
}
