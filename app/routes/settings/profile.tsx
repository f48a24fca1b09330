import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { EmailToConfirm } from "#app/components/identity/email-to-confirm.tsx";
import { PictureForm } from "#app/components/identity/picture-form.tsx";
import { ProfileFields } from "#app/components/identity/profile-fields.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { doProfileAct, ProfileForm, profileTyped } from "#app/domain/identity/profile-acts.server.ts";
import { readProfile } from "#app/domain/identity/read-profile.server.ts";
import { read, submit } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { messagesFor } from "#app/i18n/catalogue.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const profile = await read(() => readProfile(context, actor));
  return { title: messagesFor(actor.locale).profile.title, adult: actor.kind === "adult", done: new URL(request.url).searchParams.get("done"), profile };
}

export async function action({ context, request }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return submit(request, ProfileForm, async (input, _typed, { picture }) => {
    await doProfileAct(context, actor, input, picture);
    return redirect(`/settings/profile?done=${input.act}`, 303);
  }, profileTyped(actor.kind));
}

export default function Profile() {
  const { m: { profile: m, shell } } = useLanguage();
  const { adult, done, profile } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const said = done ? m.done[done] : undefined;
  return (
    <>
      <PageHeader title={m.title} about={adult ? m.about : m.childAbout} back={{ href: "/settings", label: shell.places.settings }} />
      {said && !refusal && <Notice tone="done">{said}</Notice>}
      <RefusalSummary refusal={refusal} />
      {profile.pendingEmail && <EmailToConfirm email={profile.pendingEmail} refusal={refusal} />}
      <PictureForm name={profile.name} picture={profile.avatar} refusal={refusal} />
      <form method="post">
        <ProfileFields profile={profile} adult={adult} refusal={refusal} />
        <Button name="act" value="save">{m.save}</Button>
      </form>
    </>
  );
}
