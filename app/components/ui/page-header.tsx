/** Where you are and about whom, with the way back. One a page. */
export function PageHeader({ title, about, back }: { title: string; about?: string; back?: { href: string; label: string } }) {
  return (
    <div className="page-header">
      {back && <a className="back" href={back.href}>{back.label}</a>}
      <h1>{title}</h1>
      {about && <p className="about">{about}</p>}
    </div>
  );
}
