import * as z from "zod";

export const EraseInput = z.object({ name: z.string("erase_name_differs").trim().min(1, "erase_name_differs").max(200, "too_long") }).meta({ id: "ErasePerson" });
export const MergeInput = z.object({ keptId: z.string("merge_other_missing").max(100), goneId: z.string("merge_other_missing").max(100) }).meta({ id: "MergePeople" });
