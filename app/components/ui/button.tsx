import type { ButtonHTMLAttributes, ReactNode } from "react";

/** `link`: a form's button that reads like the link it stands for. */
type Weight = "primary" | "quiet" | "danger" | "link";

/** One primary action a screen; what destroys never stands beside it. */
export function Button({ weight = "primary", ...button }: { weight?: Weight } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button className="button" data-weight={weight} {...button} />;
}

export function ButtonLink({ weight = "quiet", href, children }: { weight?: Weight; href: string; children: ReactNode }) {
  return <a className="button" data-weight={weight} href={href}>{children}</a>;
}
