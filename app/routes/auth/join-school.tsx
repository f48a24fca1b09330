import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { ChoiceField } from "#app/components/ui/field.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import type { Role } from "#app/domain/actor.ts";
import { acceptSchoolInvitation, asksForChild, childrenToAdmit, declineSchoolInvitation, getSchoolInvitation } from "#app/domain/people/answer-school-invitation.server.ts";
import { AnswerSchoolInput } from "#app/domain/people/inputs.ts";
import { read, submit } from "#app/http/forms.ts";
import { findVisitor, requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, params }: LoaderFunctionArgs) {
  const actor = await findVisitor(context);
  const { schoolName, inviterName, status, roles, studentIds } = await read(() => getSchoolInvitation(context, params.code ?? ""));
  const children = asksForChild({ roles }) ? (actor === null ? [] : childrenToAdmit(actor)) : null;
  return { title: messagesFor(actor?.locale ?? "en").people.joinTitle(schoolName), children, signedIn: actor !== null, schoolName, inviterName, status, roles: roles as Role[], wards: studentIds.length, code: params.code ?? "" };
}

const Answer = AnswerSchoolInput.extend({ answer: z.enum(["accept", "decline"]) });

export async function action({ context, request, params }: ActionFunctionArgs) {
  const code = params.code ?? "";
  return submit(request, Answer, async ({ answer, childId }) => {
    if (answer === "decline") await declineSchoolInvitation(context, await findVisitor(context), code);
    else await acceptSchoolInvitation(context, await requireVisitor(context, request), code, { childId });
    return redirect(`/join-school/${code}`, 303);
  });
}

export default function JoinSchool() {
  const { m: { people: m, shell } } = useLanguage();
  const { signedIn, children, schoolName, inviterName, status, roles, wards, code } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  if (status !== "pending") {
    const said = status === "accepted" ? m.joined : status === "declined" ? m.declined : m.over;
    return <><PageHeader title={m.joinTitle(schoolName)} /><Notice title={said} />{signedIn && <ButtonLink href="/home">{shell.places.home}</ButtonLink>}</>;
  }
  return (
    <>
      <PageHeader title={m.joinTitle(schoolName)} />
      <RefusalSummary refusal={refusal} />
      {children === null && <p>{m.joinText(inviterName, roles.map((role) => m.roles[role]).join(", "))} {wards > 0 && m.joinWards(wards)}</p>}
      {children && <p>{m.joinChild(inviterName)}</p>}
      <p>{children === null ? m.joinConsequence : m.joinChildConsequence}</p>
      {!signedIn && <p>{m.joinSignIn} <ButtonLink href={`/sign-in?to=/join-school/${code}`}>{shell.signIn}</ButtonLink></p>}
      <form method="post">
        {children && children.length > 0 && <ChoiceField name="childId" label={m.whichChild} refusal={refusal} chosen={children.length === 1 ? children[0]!.id : undefined} options={children.map(({ id, name }) => ({ value: id, label: name }))} />}
        {signedIn && children?.length === 0 && <p>{m.noChild}</p>}
        {signedIn && children?.length !== 0 && <Button name="answer" value="accept">{m.accept}</Button>} <Button weight="quiet" name="answer" value="decline">{m.decline}</Button>
      </form>
    </>
  );
}
