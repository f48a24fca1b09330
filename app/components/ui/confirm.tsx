import type { ReactNode } from "react";
import { Button, ButtonLink } from "./button.tsx";
import { Notice } from "./notice.tsx";

type Question = { title: string; consequence: string; act: string; fields: Record<string, string>; label: string; /** What destroys nothing need not look so. */ weight?: "danger" | "primary"; back: { href: string; label: string }; children?: ReactNode };

/** What exactly would happen, before it does: a page's question, not a browser's dialog. */
export function Confirm({ title, consequence, act, fields, label, weight = "danger", back, children }: Question) {
  return (
    <Notice tone="waiting" title={title}>
      <p>{consequence}</p>
      {children}
      <form method="post">
        {Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        <Button weight={weight} name="act" value={act}>{label}</Button>
      </form>
      <ButtonLink href={back.href}>{back.label}</ButtonLink>
    </Notice>
  );
}
