import { commit } from "#db/client.ts";
import { insertContact, selectFamilyContacts, updateContact, type ContactRow } from "#db/family-contacts.ts";
import { selectPeople } from "#db/families.ts";
import type { AppContext } from "../../context.ts";
import { wardOf, type Actor, type Ward } from "../actor.ts";
import { record } from "../audit.server.ts";
import { changesOf } from "../changes.ts";
import { DomainError, invalid, notFound } from "../errors.ts";
import { readRule } from "../consent/access.ts";
import { RIGHT_NAMES } from "../families/presets.ts";
import { claimRepeat, once, type Repeat } from "../idempotency.server.ts";
import { authorize } from "../policy.ts";
import { overtaken } from "../races.server.ts";
import type { AddContactInput, ChangeContactInput } from "./inputs.ts";

const MOST_CONTACTS = 30;
const CONTACT = readRule("contact");

/** Adds somebody to call or who may fetch: for one's child, or for all children of the family. */
export async function addContact(ctx: AppContext, actor: Actor, familyId: string, input: AddContactInput, repeat: Repeat | null = null): Promise<string> {
  const { contacts, children, now } = await known(ctx, actor, familyId);
  if (input.childId !== null && !children.includes(input.childId)) throw invalid("childId", "not_a_choice");
  requireSay(actor, input.childId, children);
  requirePurpose(input);
  if (contacts.length >= MOST_CONTACTS) throw new DomainError("conflict", "contacts_too_many");
  const id = ctx.ids.make("con");
  return once(ctx, actor.userId, repeat, async () => {
    await commit(ctx.db, [
      ...claimRepeat(ctx, actor.userId, repeat, id),
      insertContact(ctx.db, { id, familyId, ...input, addedBy: actor.userId, createdAt: now }, now),
      recordContact(ctx, actor, { id, familyId, childId: input.childId }, "added"),
    ]).catch(overtaken(notFound, "NOT NULL family_contacts.added_by"));
    return id;
  });
}

export async function changeContact(ctx: AppContext, actor: Actor, familyId: string, id: string, input: ChangeContactInput): Promise<ContactRow> {
  const { contacts, children } = await known(ctx, actor, familyId);
  const before = contacts.find((contact) => contact.id === id);
  if (!before) throw notFound();
  requireSay(actor, before.childId, children);
  const after = { ...before, ...input };
  requirePurpose(after);
  const change = changesOf(before, input);
  if (Object.keys(change).length > 0) await commit(ctx.db, [updateContact(ctx.db, familyId, id, change), recordContact(ctx, actor, before, "changed", Object.keys(change))]);
  return after;
}

export async function removeContact(ctx: AppContext, actor: Actor, familyId: string, id: string): Promise<void> {
  const { contacts, children, now } = await known(ctx, actor, familyId);
  const contact = contacts.find((each) => each.id === id);
  if (!contact) throw notFound();
  requireSay(actor, contact.childId, children);
  await commit(ctx.db, [updateContact(ctx.db, familyId, id, { removedAt: now }), recordContact(ctx, actor, contact, "removed")]);
}

async function known(ctx: AppContext, actor: Actor, familyId: string) {
  authorize(actor, "family:edit", familyId);
  const now = ctx.clock.now();
  const [contacts, people] = await ctx.db.batch([selectFamilyContacts(ctx.db, actor.userId, familyId, CONTACT, now), selectPeople(ctx.db, actor.userId, now, familyId)]);
  return { contacts, children: people.filter((person) => person.role === "student").map((person) => person.userId), now };
}

const hasSay = (ward: Ward | undefined) => ward !== undefined && RIGHT_NAMES.some((right) => ward[right]);

/** Whoever has a right over the child, or over one of the family's children for what concerns them all. */
function requireSay(actor: Actor, childId: string | null, children: string[]): void {
  if (!(childId === null ? children : [childId]).some((id) => hasSay(wardOf(actor, id)))) throw new DomainError("forbidden");
}

function requirePurpose({ isEmergency, mayPickUp }: Pick<ContactRow, "isEmergency" | "mayPickUp">): void {
  if (!isEmergency && !mayPickUp) throw invalid("isEmergency", "contact_for_what");
}

/** Names and numbers of others stay out of the audit log. */
const recordContact = (ctx: AppContext, actor: Actor, { id, familyId, childId }: Pick<ContactRow, "id" | "familyId" | "childId">, what: "added" | "changed" | "removed", fields?: string[]) =>
  record(ctx, actor, { action: `contact.${what}`, subjectId: id, familyId, ...(childId ? { childId } : {}), ...(fields ? { details: { fields } } : {}) });
