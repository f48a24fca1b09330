import { messagesFor } from "../../i18n/catalogue.ts";

/** What stands in a school's own chat: of whom and what only as far as it is given. */
export function noticeOf({ kind, subject }: { kind: string; subject: string | null }, link: string, content?: { sender: string; text: string }): string {
  const { integrations: m } = messagesFor("en");
  const about = subject ?? m.kinds[kind] ?? m.conversation;
  return content ? m.noticeWithContent(about, content.sender, content.text, link) : m.notice(about, link);
}

export const testMessage = (): string => messagesFor("en").integrations.testMessage;
