import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { OfferFacts } from "#app/components/families/offer-facts.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { acceptInvitation, declineInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { findInvitation } from "#app/domain/families/find-invitation.server.ts";
import { pairingCodeOf } from "#app/domain/families/rules.ts";
import { read, submit } from "#app/http/forms.ts";
import { findOneself, requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const actor = await findOneself(context);
  const code = params.code ?? "";
  const here = `/join/${code}`;
  const { kin, families } = messagesFor(actor?.locale ?? "en");
  // A code so short says nothing to somebody who could try many unseen.
  if (actor === null && pairingCodeOf(code)) return { title: kin.typeTitle, offer: null, here };
  const { familyName, inviterName, status, rights, contactAs, children, expiresAt, joinsFamily, lentFrom, lentUntil } = await read(() => findInvitation(context, actor, code));
  // Who has not said who they are learns who invites and to what; the children's names come after that.
  const knows = actor === null ? null : { rights, contactAs, children: children.map((child) => child.name), joinsFamily, lentFrom, lentUntil };
  return { title: families.joinTitle(familyName), offer: { familyName, inviterName, status, expiresAt, knows }, here };
}

const Answer = z.object({ answer: z.enum(["accept", "decline"], "not_a_choice") });

export async function action({ context, request, params }: ActionFunctionArgs) {
  const code = params.code ?? "";
  return submit(request, Answer, async ({ answer }) => {
    if (answer === "decline") {
      await declineInvitation(context, await findOneself(context), code);
      return redirect(pairingCodeOf(code) ? "/home" : `/join/${code}`, 303);
    }
    const familyId = await acceptInvitation(context, await requireVisitor(context, request), code);
    return redirect(familyId === null ? "/family/people?done=linked" : "/family?done=joined", 303);
  });
}

export default function JoinFamily() {
  const { m: { families: m, kin, shell, problems }, f } = useLanguage();
  const { offer, here } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const to = encodeURIComponent(here);
  const first = (text: string) => (
    <>
      <p>{text}</p>
      <p><ButtonLink weight="primary" href={`/sign-in?to=${to}`}>{shell.signIn}</ButtonLink> <ButtonLink href={`/sign-up?to=${to}`}>{m.signUp}</ButtonLink></p>
    </>
  );
  if (!offer) return <><PageHeader title={kin.typeTitle} />{first(kin.typeFirst)}</>;
  const { familyName, inviterName, status, expiresAt, knows } = offer;
  return (
    <>
      <PageHeader title={m.joinTitle(familyName)} about={m.joinAbout(inviterName)} />
      <RefusalSummary refusal={refusal} />
      {status === "declined" && <Notice tone="done" title={m.declined} />}
      {status !== "pending" && status !== "declined" && !refusal && <Notice tone="waiting" title={problems.invitation_over} />}
      {status === "pending" && (
        <>
          {knows ? <><OfferFacts inviter={inviterName} {...knows} /><form method="post"><Button name="answer" value="accept">{knows.joinsFamily ? m.join : m.becomeGuardian}</Button></form></> : first(m.joinSignIn)}
          <p className="hint">{m.until(f.until(expiresAt))}</p>
          <form method="post"><Button weight="quiet" name="answer" value="decline">{m.decline}</Button></form>
        </>
      )}
    </>
  );
}
