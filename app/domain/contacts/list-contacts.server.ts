import { accessOf, selectChildAccess } from "#db/child-access.ts";
import { selectContactsOfChild, selectFamilyContacts, type ContactRow } from "#db/family-contacts.ts";
import { selectFamilies, selectPeople } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor } from "../actor.ts";
import { readRule } from "../consent/access.ts";
import { noteReading } from "../consent/note-look.server.ts";
import { RIGHT_NAMES } from "../families/presets.ts";
import { fillIn } from "../families/read-family.server.ts";
import { authorize, authorizeRead } from "../policy.ts";

const CONTACT = readRule("contact");

/** The contacts of one's family, as far as they are for children of whom one may know them. */
export async function listFamilyContacts(ctx: AppContext, actor: Actor, familyId: string): Promise<ContactRow[]> {
  authorize(actor, "family:view", familyId);
  return selectFamilyContacts(ctx.db, actor.userId, familyId, CONTACT, ctx.clock.now());
}

/** Whom to call and who may fetch a child: for its guardians, itself, and those at school with whom the family shares it. */
export async function listContactsOfChild(ctx: AppContext, actor: Actor, childId: string): Promise<ContactRow[]> {
  const now = ctx.clock.now();
  const [[access], contacts] = await ctx.db.batch([selectChildAccess(ctx.db, actor, childId, now), selectContactsOfChild(ctx.db, childId)]);
  const capacity = authorizeRead(actor, accessOf(access, actor, now), "contact");
  noteReading(ctx, actor, childId, capacity, "contact");
  return contacts;
}

/** One's families, each with its contacts and the children for whom one can add some. */
export async function loadContacts(ctx: AppContext, actor: Actor) {
  const now = ctx.clock.now();
  const [families, people, ...contacts] = await ctx.db.batch([
    selectFamilies(ctx.db, actor.userId, now), selectPeople(ctx.db, actor.userId, now), ...actor.familyIds.map((familyId) => selectFamilyContacts(ctx.db, actor.userId, familyId, CONTACT, now)),
  ]);
  const found = contacts.flat();
  return fillIn(families, people).map(({ id, name, students }) => {
    const children = students.filter((student) => RIGHT_NAMES.some((right) => wardOf(actor, student.id)?.[right])).map((student) => ({ id: student.id, name: student.name }));
    const nameOf = (childId: string | null) => students.find((student) => student.id === childId)?.name ?? null;
    return { id, name, children, contacts: found.filter((contact) => contact.familyId === id).map((contact) => ({ ...contact, childName: nameOf(contact.childId), mayChange: contact.childId === null ? children.length > 0 : children.some((child) => child.id === contact.childId) })) };
  });
}
export type HomeContacts = Awaited<ReturnType<typeof loadContacts>>[number];
