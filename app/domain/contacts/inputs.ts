import * as z from "zod";
import { Phone } from "../phone.ts";

const line = (missing: string, most: number) => z.string(missing).trim().min(1, missing).max(most, "too_long").regex(/^[^\u0000-\u001f]*$/, "name_unusable");
const fields = {
  /** Null: for all children of the family. */
  childId: z.string().max(60, "too_long").nullable(),
  name: line("name_missing", 100),
  relationship: line("contact_relationship_missing", 60),
  phone: Phone,
  isEmergency: z.boolean(),
  mayPickUp: z.boolean(),
  note: z.string().trim().max(300, "too_long").transform((note) => note || null).nullable(),
};

/** Somebody without an account whom to call, or who may fetch a child: at least one of the two. */
export const AddContactInput = z.object({ ...fields, childId: fields.childId.default(null), isEmergency: fields.isEmergency.default(false), mayPickUp: fields.mayPickUp.default(false), note: fields.note.default(null) }).meta({ id: "AddContact" });
export type AddContactInput = z.infer<typeof AddContactInput>;

export const ChangeContactInput = z.object(fields).omit({ childId: true }).partial().meta({ id: "ChangeContact" });
export type ChangeContactInput = z.infer<typeof ChangeContactInput>;
