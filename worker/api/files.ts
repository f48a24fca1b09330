import * as z from "zod";
import { addFile, ATTACHED_TO, removeFile } from "#app/domain/learning/files/change-files.server.ts";
import { FILE_TYPES } from "#app/domain/files/kinds.ts";
import { readFile } from "#app/domain/learning/files/read-file.server.ts";
import { attachmentHeaders } from "#app/http/attachment.ts";
import { endpoint } from "./endpoint.ts";

const own = { tag: "Learning", actor: "required", policy: "own" } as const;
const FileId = z.object({ fileId: z.string() });

export const files = [
  endpoint({
    ...own, method: "post", path: "/files", summary: "Add a file to what one gave, said or handed in; judged by its bytes, at most 10 MB and five",
    query: z.object({ of: z.enum(ATTACHED_TO, "not_a_choice"), ofId: z.string("missing").max(60, "too_long"), name: z.string("missing").max(200, "too_long") }),
    upload: [...FILE_TYPES, "application/octet-stream"], answers: { 201: z.object({ id: z.string() }) }, refusals: [409],
    handle: async ({ ctx, actor, query: { name, ...to }, request }) => ({ status: 201, body: { id: await addFile(ctx, actor, to, { name, bytes: new Uint8Array(await request.arrayBuffer()) }) } }),
  }),
  endpoint({
    ...own, method: "get", path: "/files/{fileId}", summary: "A file, to keep; asked anew on every read", params: FileId, file: FILE_TYPES, answers: { 200: null },
    handle: async ({ ctx, actor, params }) => {
      const found = await readFile(ctx, actor, params.fileId);
      return { status: 200, file: found.file.body, headers: attachmentHeaders(found) };
    },
  }),
  endpoint({
    ...own, method: "delete", path: "/files/{fileId}", summary: "Take a file back from what one gave as a teacher", params: FileId, answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await removeFile(ctx, actor, params.fileId);
      return { status: 204 };
    },
  }),
];
