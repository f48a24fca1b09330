import * as z from "zod";
import { LongText, minutesTaken, Title } from "../assignments/inputs.ts";
import { AudienceInput, ChangeAudienceInput } from "../audience.ts";

/** A page elsewhere: https alone, so that nobody between changes what a child reads. */
const Link = z.string().trim().max(500, "too_long").refine((typed) => URL.parse(typed)?.protocol === "https:", "link_unusable").nullable();
const ofMaterial = { title: Title, text: LongText, link: Link, minutes: minutesTaken.nullable() };

export const MaterialInput = AudienceInput.extend({ ...ofMaterial, text: LongText.default(""), link: Link.default(null), minutes: minutesTaken.nullable().default(null), status: z.enum(["draft", "shared"], "not_a_choice").default("draft") }).meta({ id: "NewMaterial" });
export type MaterialInput = z.infer<typeof MaterialInput>;
export const ChangeMaterialInput = z.object({ ...ofMaterial, status: z.enum(["shared", "archived"], "not_a_choice") }).partial().extend(ChangeAudienceInput.shape).meta({ id: "ChangeMaterial" });
export type ChangeMaterialInput = z.infer<typeof ChangeMaterialInput>;

/** 100 is done. `minutes`: how long it took this time. */
export const ProgressInput = z.object({ percent: z.coerce.number("percent_unusable").int("percent_unusable").min(0, "percent_unusable").max(100, "percent_unusable"), minutes: minutesTaken.optional() }).meta({ id: "MaterialProgress" });
export type ProgressInput = z.infer<typeof ProgressInput>;
