import * as z from "zod";
import { isTimeZone } from "../clock.ts";
import { Currency } from "../money.ts";
import { ROLES } from "./roles.ts";

/** One line, and no address of a site: it goes into mails. */
const name = z.string("school_name_missing").trim().min(1, "school_name_missing").max(100, "too_long").regex(/^(?!.*:\/\/)[^\u0000-\u001f]*$/, "name_unusable");
const timeZone = z.string("time_zone_missing").trim().max(60, "too_long").refine(isTimeZone, "time_zone_unknown");

export const FoundSchoolInput = z.object({ name, currency: z.string("currency_missing").pipe(Currency), timeZone }).meta({ id: "FoundSchool" });
export type FoundSchoolInput = z.infer<typeof FoundSchoolInput>;

/** The currency stays: plans are priced in it. */
export const ChangeSchoolInput = z.object({ name, timeZone }).partial().meta({ id: "ChangeSchool" });
export type ChangeSchoolInput = z.infer<typeof ChangeSchoolInput>;

export const RoleInput = z.enum(ROLES, "role_missing");
export const MemberInput = z.object({ userId: z.string("missing").max(60, "too_long"), role: RoleInput }).meta({ id: "NewMember" });
export type MemberInput = z.infer<typeof MemberInput>;
