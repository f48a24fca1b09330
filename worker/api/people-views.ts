import * as z from "zod";
import type { PersonRow } from "#db/people.ts";
import { RoleInput } from "#app/domain/schools/school-inputs.ts";

export const PersonInList = z.object({
  id: z.string(), name: z.string(), username: z.string().nullable(), email: z.string().nullable(), level: z.string().nullable(), roles: z.array(RoleInput), active: z.boolean(),
}).meta({ id: "PersonInList" });

export const personInList = ({ userId, name, username, email, level, roles, active }: PersonRow): z.infer<typeof PersonInList> => ({ id: userId, name, username, email, level, roles, active });
