import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { readFile } from "#app/domain/learning/files/read-file.server.ts";
import { attachmentHeaders } from "#app/http/attachment.ts";
import { read } from "#app/http/forms.ts";
import { requireVisitor } from "#app/http/require-actor.ts";

/** A file alone, without a page round it. */
export async function loader({ context, request, params }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  const found = await read(() => readFile(context, actor, params.fileId ?? ""));
  return new Response(found.file.body, { headers: attachmentHeaders(found) });
}
