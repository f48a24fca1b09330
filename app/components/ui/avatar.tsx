import { useLite } from "#app/i18n/use-messages.ts";

/** A person's picture, or initials where there is none or pictures cost too much. The name stands beside it, so readers skip it. */
export function Avatar({ name, picture }: { name: string; picture?: string | null }) {
  const lite = useLite();
  if (picture && !lite) return <img className="avatar" src={picture} alt="" width={36} height={36} loading="lazy" />;
  const initials = name.split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "").join("").toUpperCase();
  return <span className="avatar" aria-hidden="true">{initials}</span>;
}
