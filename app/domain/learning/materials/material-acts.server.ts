import * as z from "zod";
import type { AppContext } from "../../../context.ts";
import type { Actor } from "../../actor.ts";
import { typedAudience } from "../audience.ts";
import { RemoveFileAct, removeFile } from "../files/change-files.server.ts";
import type { Upload } from "../../schools/imports/inputs.ts";
import { ChangeMaterialInput, ProgressInput } from "./inputs.ts";
import { keepProgress } from "./keep-progress.server.ts";
import { changeMaterial } from "./write-material.server.ts";

/** What the page of a material can be asked to do. */
export const MaterialAct = z.discriminatedUnion("act", [
  ProgressInput.extend({ act: z.literal("progress") }), ChangeMaterialInput.omit({ status: true }).extend({ act: z.literal("save") }),
  z.object({ act: z.literal("share") }), z.object({ act: z.literal("archive") }), RemoveFileAct,
]);

/** An emptied field says that there is none. */
export const materialTyped = ({ act, ...typed }: Record<string, string>) =>
  act === "save" ? { act, title: typed.title ?? "", text: typed.text ?? "", link: typed.link ?? null, minutes: typed.minutes ?? null, ...(typed.to ? typedAudience(typed) : {}) } : { act, ...typed };

/** Answers the word for what was done. */
export async function doMaterialAct(ctx: AppContext, actor: Actor, id: string, input: z.infer<typeof MaterialAct>, files: Upload[]): Promise<string> {
  switch (input.act) {
    case "remove-file": await removeFile(ctx, actor, input.fileId); return "file-removed";
    case "progress": await keepProgress(ctx, actor, id, input); return "progress";
    case "share": await changeMaterial(ctx, actor, id, { status: "shared" }); return "shared";
    case "archive": await changeMaterial(ctx, actor, id, { status: "archived" }); return "archived";
    case "save": {
      const { act: _act, ...change } = input;
      await changeMaterial(ctx, actor, id, change, files);
      return "saved";
    }
  }
}
