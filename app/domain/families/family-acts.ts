import * as z from "zod";
import { ChangeFamilyInput, StudentInput } from "./inputs.ts";

const id = z.string("missing").max(60, "too_long");

/** What the forms of /family ask for. */
export const FamilyAct = z.discriminatedUnion("act", [
  z.object({ act: z.literal("change"), familyId: id, ...ChangeFamilyInput.shape, name: ChangeFamilyInput.shape.name.unwrap() }),
  z.object({ act: z.literal("delete"), familyId: id }),
  z.object({ act: z.literal("restore"), familyId: id }),
  z.object({ act: z.literal("add"), familyId: id, userId: id }),
  z.object({ act: z.literal("new-child"), familyId: id, ...StudentInput.shape }),
  z.object({ act: z.literal("remove"), familyId: id, userId: id }),
]);

/** A cleared address is no address; hours are a number. */
export function familyActFrom(typed: Record<string, string>): unknown {
  if (typed.act !== "change") return typed;
  return { ...typed, address: typed.address ?? null, ...(typed.decisionWindowHours === undefined ? {} : { decisionWindowHours: Number(typed.decisionWindowHours) }) };
}
