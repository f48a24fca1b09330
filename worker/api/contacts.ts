import * as z from "zod";
import type { ContactRow } from "#db/family-contacts.ts";
import { AddContactInput, ChangeContactInput } from "#app/domain/contacts/inputs.ts";
import { addContact, changeContact, removeContact } from "#app/domain/contacts/keep-contacts.server.ts";
import { listContactsOfChild, listFamilyContacts } from "#app/domain/contacts/list-contacts.server.ts";
import { notFound } from "#app/domain/errors.ts";
import { repeatOf } from "#app/domain/idempotency.server.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const ContactView = z.object({
  id: z.string(), familyId: z.string(), childId: z.string().nullable().meta({ description: "Null: for all children of the family" }), name: z.string(), relationship: z.string(), phone: z.string(),
  isEmergency: z.boolean(), mayPickUp: z.boolean(), note: z.string().nullable(), createdAt: Instant,
}).meta({ id: "Contact" });
const view = ({ addedBy: _addedBy, removedAt: _removedAt, createdAt, ...contact }: ContactRow): z.infer<typeof ContactView> => ({ ...contact, createdAt: isoTime(createdAt) });
const FamilyId = z.object({ familyId: z.string() });
const OneContact = FamilyId.extend({ contactId: z.string() });

export const contacts = [
  endpoint({
    method: "get", path: "/families/{familyId}/contacts", tag: "Contacts", summary: "People without an account: whom to call, who may fetch", actor: "required", policy: "family:view", params: FamilyId, answers: { 200: pageOf(ContactView) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: (await listFamilyContacts(ctx, actor, params.familyId)).map(view), nextCursor: null } }),
  }),
  endpoint({
    method: "post", path: "/families/{familyId}/contacts", tag: "Contacts", summary: "Add one", actor: "required", policy: "family:edit", params: FamilyId, body: AddContactInput, answers: { 201: ContactView }, refusals: [409],
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const id = await addContact(ctx, actor, params.familyId, body, await repeatOf(idempotencyKey, ["add-contact", params.familyId, body]));
      const made = (await listFamilyContacts(ctx, actor, params.familyId)).find((contact) => contact.id === id);
      if (!made) throw notFound();
      return { status: 201, body: view(made) };
    },
  }),
  endpoint({
    method: "patch", path: "/families/{familyId}/contacts/{contactId}", tag: "Contacts", summary: "Change one", actor: "required", policy: "family:edit", params: OneContact, body: ChangeContactInput, answers: { 200: ContactView },
    handle: async ({ ctx, actor, params, body }) => ({ status: 200, body: view(await changeContact(ctx, actor, params.familyId, params.contactId, body)) }),
  }),
  endpoint({
    method: "delete", path: "/families/{familyId}/contacts/{contactId}", tag: "Contacts", summary: "Remove one", actor: "required", policy: "family:edit", params: OneContact, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await removeContact(ctx, actor, params.familyId, params.contactId);
      return { status: 204 };
    },
  }),
  endpoint({
    method: "get", path: "/children/{childId}/contacts", tag: "Contacts", summary: "Whom to call and who may fetch a child, over all its families", actor: "required", policy: "own", params: z.object({ childId: z.string() }), answers: { 200: pageOf(ContactView) },
    handle: async ({ ctx, actor, params }) => ({ status: 200, body: { items: (await listContactsOfChild(ctx, actor, params.childId)).map(view), nextCursor: null } }),
  }),
];
