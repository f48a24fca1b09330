import { redirect, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { findFile } from "#app/domain/learning/files/read-file.server.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";

/** Where a file's link leads: to the file, which the API alone sends, or to a page that says why not. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const { id } = await read(() => findFile(context, actor, params.fileId ?? ""));
  return redirect(`/api/v1/files/${id}`);
}
