import { useLanguage } from "#app/i18n/use-messages.ts";
import { Avatar } from "../ui/avatar.tsx";
import type { ShellFacts } from "./sections.ts";

/** Which child one looks at, always in sight; the others one tap behind. */
export function ChildPicker({ wards, chosen }: Pick<ShellFacts, "wards" | "chosen">) {
  const { m } = useLanguage();
  const current = wards.find((ward) => ward.id === chosen) ?? (wards.length === 1 ? wards[0] : undefined);
  if (wards.length < 2) return current ? <a href={`/children/${current.id}`}>{current.name}</a> : null;
  return (
    <details>
      <summary>{current?.name ?? m.shell.chooseChild}</summary>
      <ul>
        {wards.map((ward) => (
          <li key={ward.id}><a href={`/children/${ward.id}`} aria-current={ward === current ? "true" : undefined}><Avatar name={ward.name} picture={ward.picture} />{ward.name}</a></li>
        ))}
      </ul>
    </details>
  );
}
