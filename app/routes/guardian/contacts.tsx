import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { ContactList } from "#app/components/contacts/contact-list.tsx";
import { ContactQuestion } from "#app/components/contacts/contact-question.tsx";
import { EmptyState } from "#app/components/ui/empty-state.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { AddContactInput, ChangeContactInput } from "#app/domain/contacts/inputs.ts";
import { addContact, changeContact, removeContact } from "#app/domain/contacts/keep-contacts.server.ts";
import { loadContacts } from "#app/domain/contacts/list-contacts.server.ts";
import { submit, type Typed } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: messagesFor(actor.locale).contacts.title, asked: Object.fromEntries(new URL(request.url).searchParams), homes: await loadContacts(context, actor) };
}

const id = z.string("missing").max(60, "too_long");
const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("add"), familyId: id, ...AddContactInput.shape }),
  z.object({ act: z.literal("change"), familyId: id, contactId: id, ...ChangeContactInput.required().shape }),
  z.object({ act: z.literal("remove"), familyId: id, contactId: id }),
]);

/** Boxes are flags; an empty note is none. */
const actFrom = (typed: Typed) => ({ ...typed, isEmergency: typed.isEmergency === "yes", mayPickUp: typed.mayPickUp === "yes", note: typed.note ?? null });

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, Act, async ({ ...input }) => {
    const { familyId } = input;
    if (input.act === "add") {
      const { act: _act, familyId: _family, ...contact } = input;
      await addContact(context, actor, familyId, contact);
    } else if (input.act === "change") {
      const { act: _act, familyId: _family, contactId, ...change } = input;
      await changeContact(context, actor, familyId, contactId, change);
    } else await removeContact(context, actor, familyId, input.contactId);
    return redirect(`/family/people/contacts?done=${input.act}`, 303);
  }, actFrom);
}

export default function Contacts() {
  const { m: { contacts: m, families } } = useLanguage();
  const { homes, asked } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const done = m.done[asked.done ?? ""];
  return (
    <>
      <PageHeader title={m.title} about={m.about} back={{ href: "/family/people", label: families.people }} />
      {done && !refusal && <Notice tone="done" title={done} />}
      <RefusalSummary refusal={refusal} />
      <ContactQuestion homes={homes} asked={asked} refusal={refusal} />
      {homes.length === 0 ? <EmptyState title={families.noFamilyTitle}><p>{families.noFamilyText}</p></EmptyState> : homes.map((home) => <ContactList key={home.id} home={home} />)}
    </>
  );
}
