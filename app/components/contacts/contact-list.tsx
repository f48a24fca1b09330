import { Tag } from "#app/components/ui/tag.tsx";
import type { HomeContacts } from "#app/domain/contacts/list-contacts.server.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Whom to call and who may fetch, with a number that can be rung. */
export function ContactList({ home }: { home: HomeContacts }) {
  const { m: { contacts: m } } = useLanguage();
  return (
    <section className="card">
      <h2>{home.name}</h2>
      {home.contacts.length === 0 ? <p className="hint">{m.none}</p> : (
        <ul className="rows">
          {home.contacts.map((each) => (
            <li key={each.id}>
              <p><strong>{each.name}</strong>, {each.relationship} {each.isEmergency && <Tag tone="waiting">{m.emergency}</Tag>} {each.mayPickUp && <Tag tone="done">{m.pickUp}</Tag>}</p>
              <p><a href={`tel:${each.phone}`}>{each.phone}</a> <span className="hint">{each.childName === null ? m.everyChild : m.forChild(each.childName)}</span></p>
              {each.note && <p className="hint">{each.note}</p>}
              {each.mayChange && <p><a href={`?change=${each.id}`}>{m.change}<span className="for-readers"> {each.name}</span></a> <a href={`?remove=${each.id}`}>{m.remove}<span className="for-readers"> {each.name}</span></a></p>}
            </li>
          ))}
        </ul>
      )}
      {home.children.length > 0 && <p><a href={`?add=${home.id}`}>{m.add}<span className="for-readers"> ({home.name})</span></a></p>}
    </section>
  );
}
