import { useLanguage } from "#app/i18n/use-messages.ts";

export function ErrorPage({ status, facts: _facts }: { status: number; facts: Record<string, unknown> }) {
  const { m } = useLanguage();
  const [title, text] = status === 404 ? [m.shell.notFoundTitle, m.shell.notFoundText] : status === 403 ? [m.shell.forbiddenTitle, m.shell.forbiddenText] : [m.shell.crashTitle, m.shell.crashText];
  return <><h1>{title}</h1><p>{text}</p><p><a href="/">{m.shell.toHome}</a></p></>;
}
