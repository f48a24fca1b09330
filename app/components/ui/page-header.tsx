import { Avatar } from "./avatar.tsx";

/** Where you are and about whom, with the way back. One a page. `picture`: the page is a person's, with or without one. */
export function PageHeader({ title, about, back, picture }: { title: string; about?: string; back?: { href: string; label: string }; picture?: string | null }) {
  return (
    <div className="page-header">
      {back && <a className="back" href={back.href}>{back.label}</a>}
      <h1>{picture !== undefined && <><Avatar name={title} picture={picture} /> </>}{title}</h1>
      {about && <p className="about">{about}</p>}
    </div>
  );
}
