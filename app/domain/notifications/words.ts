import { messagesFor } from "../../i18n/catalogue.ts";
import { formatterFor, type Formatter } from "../../i18n/format.ts";
import type { NotificationFacts, NotificationType } from "./types.ts";

type Told = { type: string; facts: Record<string, string | number> };
type Reader = { locale: string; timeZone: string; kind?: "adult" | "child" };

/** The notification in one sentence of the reader's language. A type that an older release wrote and this one forgot is still said, by its name. */
export function titleOf(told: Told, reader: Reader): string {
  const { titles, titlesForChild } = messagesFor(reader.locale).notifications;
  const type = told.type as NotificationType;
  const say = ((reader.kind === "child" && titlesForChild[type]) || titles[type]) as ((facts: NotificationFacts[NotificationType], f: Formatter) => string) | undefined;
  return say ? say(told.facts as NotificationFacts[NotificationType], formatterFor(reader.locale, reader.timeZone)) : told.type;
}

export function mailOf(told: Told & { path: string }, reader: Reader & { name: string }, origin: string): { subject: string; text: string } {
  const { notifications: m } = messagesFor(reader.locale);
  const title = titleOf(told, reader);
  const step = m.nextSteps[told.type as NotificationType] ?? "";
  return { subject: title.replace(/\s+/g, " ").slice(0, 200), text: [m.greeting(reader.name), `${title}.`, `${step}\n${origin}${told.path}`, m.footer].join("\n\n") };
}

/** For a phone that lies open on a table: nothing of what it is about, and nobody's name. */
export const nudgeOf = (reader: Pick<Reader, "locale">, origin: string): string => messagesFor(reader.locale).notices.nudge(`${origin}/inbox`);

/** All that waited, each with the way to it. */
export function digestMailOf(told: (Told & { path: string })[], reader: Reader & { name: string }, origin: string): { subject: string; text: string } {
  const { notifications: m, notices } = messagesFor(reader.locale);
  const lines = told.map((one) => `${titleOf(one, reader)}\n${origin}${one.path}`);
  return { subject: notices.digestSubject(told.length), text: [m.greeting(reader.name), notices.digestAbout, ...lines, notices.digestFooter(`${origin}/settings/notifications`)].join("\n\n") };
}
