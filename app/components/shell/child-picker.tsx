import type { ChildPage } from "#app/domain/navigation/child-pages.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";
import { Avatar } from "../ui/avatar.tsx";
import { PlaceLink } from "./place-link.tsx";

/** `href`: the page one is on, about this child. */
export type Ward = { id: string; name: string; picture: string | null; href: string; pages: ChildPage[] };

/** Which child one looks at, always in sight; one tap behind it the others, and the pages there are about this one. */
export function ChildPicker({ wards, chosen }: { wards: Ward[]; chosen: string | null }) {
  const { m } = useLanguage();
  const current = wards.find((ward) => ward.id === chosen) ?? (wards.length === 1 ? wards[0] : undefined);
  if (wards.length === 0) return null;
  return (
    <details>
      <summary>{current?.name ?? m.shell.chooseChild}</summary>
      <ul>
        {wards.map((ward) => (
          <li key={ward.id}>
            <a href={ward.href} aria-current={ward === current ? "true" : undefined}><Avatar name={ward.name} picture={ward.picture} />{ward.name}</a>
            {ward === current && <ul>{ward.pages.map((page) => <li key={page.name}><PlaceLink {...page} /></li>)}</ul>}
          </li>
        ))}
      </ul>
    </details>
  );
}
