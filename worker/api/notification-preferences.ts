import * as z from "zod";
import { NotificationPreferencesInput } from "#app/domain/notifications/preference-inputs.ts";
import { readPreferences } from "#app/domain/notifications/read-preferences.server.ts";
import type { Preferences } from "#app/domain/notifications/rules.ts";
import { setPreferences } from "#app/domain/notifications/set-preferences.server.ts";
import { CHANNELS, LEAST, TOPICS } from "#app/domain/notifications/topics.ts";
import { wardOf, type Actor } from "#app/domain/actor.ts";
import { endpoint } from "./endpoint.ts";

const NotificationPreferences = z.object({
  timeZone: z.string().meta({ description: "The clock by which quiet hours and digests go; set in the profile" }),
  quiet: z.object({ from: z.string(), until: z.string() }).nullable(), digest: z.object({ hour: z.int(), weekday: z.int().nullable() }), weeklyBudget: z.int().nullable(),
  choices: z.array(z.object({ childId: z.string().nullable(), topic: z.enum(TOPICS), channel: z.enum(CHANNELS), least: z.enum(LEAST) })).meta({ description: "What is not chosen is as at first" }),
}).meta({ id: "NotificationPreferences" });

/** Of a former ward nothing is said, though the choice stays for when they are one again. */
const view = (actor: Actor, { timeZone, quiet, digest, weeklyBudget, choices }: Preferences): z.infer<typeof NotificationPreferences> =>
  ({ timeZone, quiet, digest, weeklyBudget, choices: choices.filter(({ childId }) => childId === null || wardOf(actor, childId)) });

const own = { tag: "Notifications", actor: "required", policy: "own", path: "/notification-preferences", answers: { 200: NotificationPreferences } } as const;

export const notificationPreferences = [
  endpoint({
    ...own, method: "get", summary: "What I am told, by which channel and when",
    handle: async ({ ctx, actor }) => ({ status: 200, body: view(actor, await readPreferences(ctx, actor.userId)) }),
  }),
  endpoint({
    ...own, method: "put", summary: "Choose what I am told, by which channel and when; replaces what I chose before", body: NotificationPreferencesInput,
    handle: async ({ ctx, actor, body }) => {
      await setPreferences(ctx, actor, body);
      return { status: 200, body: view(actor, await readPreferences(ctx, actor.userId)) };
    },
  }),
];
