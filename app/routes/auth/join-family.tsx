import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { acceptInvitation, declineInvitation } from "#app/domain/families/answer-invitation.server.ts";
import { RIGHTS } from "#app/domain/families/family-form.ts";
import { findInvitation } from "#app/domain/families/find-invitation.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { findVisitor, requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const actor = await findVisitor(context);
  const { familyName, inviterName, status, rights, children, expiresAt } = await read(() => findInvitation(context, actor, params.code ?? ""));
  // Who has not said who they are learns who invites and to what; the children's names come after that.
  return { title: messagesFor(actor?.locale ?? "en").families.joinTitle(familyName), familyName, inviterName, status, expiresAt, knows: actor === null ? null : { rights, children: children.map((child) => child.name) }, here: `/join/${params.code}` };
}

const Answer = z.object({ answer: z.enum(["accept", "decline"], "not_a_choice") });

export async function action({ context, request, params }: ActionFunctionArgs) {
  return submit(request, Answer, async ({ answer }) => {
    if (answer === "decline") {
      await declineInvitation(context, await findVisitor(context), params.code ?? "");
      return redirect(`/join/${params.code}`, 303);
    }
    await acceptInvitation(context, await requireVisitor(context, request), params.code ?? "");
    return redirect("/family?done=joined", 303);
  });
}

export default function JoinFamily() {
  const { m: { families: m, shell, problems }, f } = useLanguage();
  const { familyName, inviterName, status, expiresAt, knows, here } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const to = encodeURIComponent(here);
  return (
    <>
      <PageHeader title={m.joinTitle(familyName)} about={m.joinAbout(inviterName)} />
      <RefusalSummary refusal={refusal} />
      {status === "declined" && <Notice tone="done" title={m.declined} />}
      {status !== "pending" && status !== "declined" && !refusal && <Notice tone="waiting" title={problems.invitation_over} />}
      {status === "pending" && (
        <>
          {knows ? (
            <>
              <p>{m.joinConsequence(knows.children)}</p>
              {knows.children.length > 0 && <p>{m.joinRights}: {RIGHTS.filter((right) => knows.rights[right]).map((right) => m.rights[right]).join(", ") || m.noRights}</p>}
              <form method="post"><Button name="answer" value="accept">{m.join}</Button></form>
            </>
          ) : (
            <>
              <p>{m.joinSignIn}</p>
              <p><ButtonLink weight="primary" href={`/sign-in?to=${to}`}>{shell.signIn}</ButtonLink> <ButtonLink href={`/sign-up?to=${to}`}>{m.signUp}</ButtonLink></p>
            </>
          )}
          <p className="hint">{m.until(f.dateTime(expiresAt))}</p>
          <form method="post"><Button weight="quiet" name="answer" value="decline">{m.decline}</Button></form>
        </>
      )}
    </>
  );
}
