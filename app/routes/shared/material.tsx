import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { FileList } from "#app/components/learning/file-list.tsx";
import { AuthorParts, ProgressForm } from "#app/components/learning/material-parts.tsx";
import { Far } from "#app/components/learning/material-shelf.tsx";
import { Notice } from "#app/components/ui/notice.tsx";
import { PageHeader } from "#app/components/ui/page-header.tsx";
import { RefusalSummary } from "#app/components/ui/refusal-summary.tsx";
import { SummaryList } from "#app/components/ui/summary-list.tsx";
import { doMaterialAct, MaterialAct, materialTyped } from "#app/domain/learning/materials/material-acts.server.ts";
import { readMaterial } from "#app/domain/learning/materials/material-page.server.ts";
import { formWithFiles } from "#app/http/form-with-files.ts";
import { read, submit } from "#app/http/forms.ts";
import { uploadsOf } from "#app/http/read-upload.ts";
import { requireVisitor } from "#app/http/require-actor.ts";
import { useRefusal } from "#app/http/use-refusal.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const material = await read(() => readMaterial(context, actor, params.materialId ?? "", { opens: request.method === "GET" }));
  return { title: material.title, me: actor.userId, done: new URL(request.url).searchParams.get("done"), material };
}

export async function action({ context, request, params }: ActionFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const id = params.materialId ?? "";
  return submit(request, MaterialAct, async (input, _typed, files) => redirect(`/materials/${id}?done=${await doMaterialAct(context, actor, id, input, await uploadsOf(files, "files"))}`, 303), formWithFiles(materialTyped));
}

export default function Material() {
  const { m: { learningWork: m } } = useLanguage();
  const { me, done, material } = useLoaderData<typeof loader>();
  const refusal = useRefusal();
  const { title, subject, author, text, link, minutes, files, children, mine, progress } = material;
  const others = children.filter(({ id }) => id !== me);
  const said = done ? m.said[done] : undefined;
  return (
    <>
      <PageHeader title={title} about={[`${subject}, ${m.by(author)}`, minutes && m.about(minutes)].filter(Boolean).join(". ")} back={{ href: "/materials", label: m.materials }} />
      {said && !refusal && <Notice tone="done">{said}</Notice>}
      <RefusalSummary refusal={refusal} />
      {text && <p className="prewrapped">{text}</p>}
      {link && <p><a href={link} rel="noreferrer">{m.openLink}</a> <span className="hint">{new URL(link).hostname}</span></p>}
      <FileList files={files} own={progress !== null} />
      {others.length > 0 && <SummaryList rows={others.map((child) => ({ term: child.name, value: <Far {...child} /> }))} />}
      {mine && <ProgressForm material={material} refusal={refusal} />}
      {progress && <AuthorParts material={material} refusal={refusal} />}
    </>
  );
}
