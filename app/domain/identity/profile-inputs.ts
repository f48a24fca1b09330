import * as z from "zod";
import { isTimeZone } from "../clock.ts";
import { THRESHOLDS } from "../notifications/severity.ts";
import { Phone } from "../phone.ts";
import { CodeInput, SignUpInput } from "./inputs.ts";

/** English as it is written in those places: dates and numbers follow. */
export const LOCALES = ["en", "en-KE", "en-US"] as const;
export const CONTACT_METHODS = ["email", "sms", "phone"] as const;

/** A place, not an offset: clocks change. */
const TimeZone = z.string("time_zone_missing").trim().max(60, "too_long").refine((name) => /^([A-Za-z_]+\/|UTC$)/.test(name) && isTimeZone(name), "time_zone_unknown");

/** What a child settles alone: how things look to them. Who they are, a guardian or the school says. */
export const CHILDS_OWN = ["locale", "timeZone"] as const;

export const ChangeProfileInput = z.object({
  name: SignUpInput.shape.name,
  email: SignUpInput.shape.email,
  phone: Phone.nullable(),
  locale: z.enum(LOCALES, "not_a_choice"),
  timeZone: TimeZone,
  contactMethod: z.enum(CONTACT_METHODS, "not_a_choice"),
  emergencyContact: z.object({ name: SignUpInput.shape.name, phone: Phone }).nullable(),
  billingAddress: z.string().trim().min(1, "missing").max(300, "too_long").nullable(),
  notificationDefaults: z.object({ email: z.enum(THRESHOLDS, "not_a_choice") }),
}).partial().meta({ id: "ChangeProfile" });
export type ChangeProfileInput = z.infer<typeof ChangeProfileInput>;

export const ConfirmEmailInput = CodeInput.meta({ id: "ConfirmEmail" });
