import { Field, SelectField } from "#app/components/ui/field.tsx";
import type { Chosen, PreferencesPage, TopicChoices } from "#app/domain/notifications/preferences-page.server.ts";
import { LEAST } from "#app/domain/notifications/topics.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Page = Pick<PreferencesPage, "quiet" | "digest" | "weeklyBudget" | "timeZone">;

/** Quiet hours, digest and budget: by the person's clock, for all channels. */
export function WhenFields({ quiet, digest, weeklyBudget, timeZone, refusal }: Page & { refusal: Refusal | undefined }) {
  const { m: { notices: m } } = useLanguage();
  const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, "0")}:00` }));
  return (
    <fieldset>
      <legend>{m.when}</legend>
      <Field name="quiet.from" type="time" label={m.quietFrom} hint={m.quietHint(timeZone)} refusal={refusal} defaultValue={quiet?.from ?? ""} />
      <Field name="quiet.until" type="time" label={m.quietUntil} refusal={refusal} defaultValue={quiet?.until ?? ""} />
      <SelectField name="digest.weekday" label={m.digestDay} hint={m.digestHint} refusal={refusal} defaultValue={String(digest.weekday ?? "")} options={m.digestDays.map((label, day) => ({ value: day === 0 ? "" : String(day), label }))} />
      <SelectField name="digest.hour" label={m.digestHour} refusal={refusal} defaultValue={String(digest.hour)} options={hours} />
      <Field name="weeklyBudget" type="number" min={0} max={1000} inputMode="numeric" label={m.budget} hint={m.budgetHint} refusal={refusal} defaultValue={weeklyBudget ?? ""} />
    </fieldset>
  );
}

/** What goes out of each topic, folded under a line that says it. */
export function TopicFields({ topics, refusal }: { topics: TopicChoices[]; refusal: Refusal | undefined }) {
  const { m: { notices: m } } = useLanguage();
  const said = (chosen: Chosen[]) => chosen.filter(({ least }) => least !== "none").map(({ channel }) => m.briefChannels[channel]).join(", ") || m.inboxOnly;
  return topics.map(({ topic, chosen }) => (
    <details key={topic} open={anyWrong(chosen, refusal)}>
      <summary>{m.summary(m.topics[topic], said(chosen))}</summary>
      {topic === "security" && <p className="hint">{m.security}</p>}
      {chosen.map((one) => <ChannelField key={one.name} {...one} refusal={refusal} />)}
    </details>
  ));
}

/** The same for one child, where it is to be different. */
export function ChildFields({ name, topics, refusal }: { name: string; topics: TopicChoices[]; refusal: Refusal | undefined }) {
  const { m: { notices: m } } = useLanguage();
  return (
    <details open={topics.some(({ chosen }) => anyWrong(chosen, refusal) || chosen.some(({ least }) => least !== null))}>
      <summary>{m.ofChild(name)}</summary>
      {topics.map(({ topic, chosen }) => (
        <fieldset key={topic}>
          <legend>{m.topics[topic]}</legend>
          {chosen.map((one) => <ChannelField key={one.name} {...one} refusal={refusal} asForAll={m.asForAll} />)}
        </fieldset>
      ))}
    </details>
  );
}

const anyWrong = (chosen: Chosen[], refusal: Refusal | undefined) => chosen.some(({ name }) => refusal?.fields.some(({ path }) => path === name));

function ChannelField({ name, channel, least, asForAll, refusal }: Chosen & { asForAll?: string; refusal: Refusal | undefined }) {
  const { m: { notices: m } } = useLanguage();
  const options = LEAST.filter((one) => one !== "digest" || channel === "email").map((value) => ({ value, label: m.leasts[value] }));
  return <SelectField name={name} label={m.channels[channel]} refusal={refusal} defaultValue={least ?? ""} options={asForAll ? [{ value: "", label: asForAll }, ...options] : options} />;
}
