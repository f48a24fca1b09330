import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useActionData, useLoaderData } from "@remix-run/react";
import { encode } from "uqr";
import { InviteForm } from "#app/components/families/invite-form.tsx";
import { PairingCode } from "#app/components/families/pairing-code.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { TabLinks } from "#app/components/ui/tab-links.tsx";
import { inviteToFamily, makePairingCode } from "#app/domain/families/invite-to-family.server.ts";
import { InviteAct, inviteActFrom } from "#app/domain/families/people-acts.ts";
import { loadInviting } from "#app/domain/families/people-page.server.ts";
import { shownCode } from "#app/domain/families/rules.ts";
import { submit, type Refusal } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { showOnce, shownOnce } from "#app/http/shown-once.ts";
import { typedDays } from "#app/http/typed-days.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { searchParams } = new URL(request.url);
  const homes = shownOnce(context) ? [] : await loadInviting(context, actor);
  return { title: messagesFor(actor.locale).families.invite, homes, chosen: homes.find((home) => home.id === searchParams.get("family")) ?? homes[0] ?? null, byCode: searchParams.get("by") === "code" };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, InviteAct, async ({ ...input }) => {
    if (input.act === "invite") {
      const { act: _act, ...invitation } = input;
      await inviteToFamily(context, actor, invitation);
      return redirect("/family/people?done=invited", 303);
    }
    const { act: _act, ...offer } = input;
    const { code } = await makePairingCode(context, actor, offer);
    const link = `${context.settings.origin}/join/${code}`;
    return showOnce(context, { pairing: { code: shownCode(code), link, qr: encode(link, { border: 2 }).data.map((row) => row.map((dark) => (dark ? "1" : "0")).join("")) } });
  }, (typed) => inviteActFrom(typedDays(typed, actor.timeZone, { startsAt: "first", endsAt: "last" })));
}

export default function Invite() {
  const { m: { families: m, kin } } = useLanguage();
  const { homes, chosen, byCode } = useLoaderData<typeof loader>();
  const { refusal, pairing } = useActionData<{ refusal?: Refusal; pairing?: { code: string; link: string; qr: string[] } }>() ?? {};
  const back = { href: "/family/people", label: m.people };
  if (pairing) return <><PageHeader title={kin.codeTitle} back={back} /><PairingCode {...pairing} /></>;
  const here = (more: { family?: string; code?: boolean }) => `/family/people/invite?family=${more.family ?? chosen?.id ?? ""}${more.code ?? byCode ? "&by=code" : ""}`;
  return (
    <>
      <PageHeader title={m.invite} back={back} />
      <RefusalSummary refusal={refusal} />
      {chosen === null ? <p>{m.nobodyElse}</p> : (
        <>
          <TabLinks label={kin.how} tabs={[{ href: here({ code: false }), label: kin.byMail, current: !byCode }, { href: here({ code: true }), label: kin.byCode, current: byCode }]} />
          {homes.length > 1 && <TabLinks label={m.family} tabs={homes.map((home) => ({ href: here({ family: home.id }), label: home.name, current: home.id === chosen.id }))} />}
          <InviteForm home={chosen} byCode={byCode} refusal={refusal} />
        </>
      )}
    </>
  );
}
