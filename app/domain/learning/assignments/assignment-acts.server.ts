import * as z from "zod";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { RemoveFileAct, removeFile } from "../files/change-files.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { handIn } from "./hand-in.server.ts";
import { ChangeAssignmentInput, HandInInput } from "./inputs.ts";
import { changeAssignment } from "./write-assignment.server.ts";

/** What the page of an assignment can be asked to do. */
export const AssignmentAct = z.discriminatedUnion("act", [
  HandInInput.extend({ act: z.literal("hand-in") }), z.object({ act: z.literal("open") }), z.object({ act: z.literal("close") }), ChangeAssignmentInput.safeExtend({ act: z.literal("save") }), RemoveFileAct,
]);

/** Answers where to go on to. */
export async function doAssignmentAct(ctx: AppContext, actor: Actor, id: string, input: z.infer<typeof AssignmentAct>, files: Upload[]): Promise<string> {
  switch (input.act) {
    case "remove-file": await removeFile(ctx, actor, input.fileId); return `/assignments/${id}?done=file-removed`;
    case "hand-in": return `/submissions/${await handIn(ctx, actor, id, input, files)}?done=handed-in`;
    case "open": await changeAssignment(ctx, actor, id, { status: "open" }); return `/assignments/${id}?done=opened`;
    case "close": await changeAssignment(ctx, actor, id, { status: "closed" }); return `/assignments/${id}?done=closed`;
    case "save": {
      const { act: _act, ...change } = input;
      await changeAssignment(ctx, actor, id, change, files);
      return `/assignments/${id}?done=saved`;
    }
  }
}
