import { ProgressMeter } from "#app/components/charts/progress-meter.tsx";
import { Sparkline } from "#app/components/charts/sparkline.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card } from "#app/components/ui/card.tsx";
import { Tag } from "#app/components/ui/tag.tsx";
import type { GoalItem } from "#app/domain/learning/goals/read-goals.server.ts";
import { turnsOf } from "#app/domain/learning/goals/rules.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

const TONE = { active: "info", paused: "waiting", completed: "done", cancelled: "waiting" } as const;

/** A goal, how far it has come, and what can be done with it. */
export function GoalCard({ goal, maySet }: { goal: GoalItem; maySet: boolean }) {
  const { m: { goals: m }, f } = useLanguage();
  const { id, area, title, why, targetOn, status, percent, steps, suggestedBy, evidence } = goal;
  const [first, last] = [steps[0], steps.at(-1)];
  const about = <span className="for-readers"> {title}</span>;
  return (
    <Card title={title} tag={<Tag tone={TONE[status]}>{m.statuses[status]}</Tag>}>
      <p className="hint">{[m.areas[area], targetOn === null ? "" : m.until(f.date(targetOn))].filter(Boolean).join(" · ")}</p>
      {why && <p>{why}</p>}
      {suggestedBy && <p className="hint">{m.byRule(m.rules[suggestedBy].name)} {evidence && m.rules[suggestedBy].evidence(evidence)}</p>}
      <ProgressMeter label={m.progress} text={m.percent(percent)} value={percent} />
      {first && last && steps.length > 1 && <Sparkline finding={m.course(first.percent, last.percent, steps.length)} points={steps.slice(-12).map((step) => ({ label: f.shortDate(step.at), value: step.percent, text: [m.percent(step.percent), step.note].filter(Boolean).join(": ") }))} />}
      {last?.note && <p>{last.note}<br /><span className="hint">{m.lastStep(last.by, f.shortDate(last.at))}</span></p>}
      {maySet && (
        <form method="post">
          <input type="hidden" name="goalId" value={id} />
          <p className="links">{turnsOf(status).map((turn) => <Button key={turn} weight="link" name="act" value={`turn:${turn}`}>{m.turns[turn]}{about}</Button>)}</p>
        </form>
      )}
      {maySet && (
        <p className="links">
          {(status === "active" || status === "paused") && <><a href={`?step=${id}`}>{m.step}{about}</a><a href={`?change=${id}`}>{m.change}{about}</a></>}
          <a href={`?remove=${id}`}>{m.remove}{about}</a>
        </p>
      )}
    </Card>
  );
}
