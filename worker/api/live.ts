import * as z from "zod";
import { issueTicket } from "#app/domain/chat/live-ticket.server.ts";
import { countWaiting } from "#app/domain/chat/count-waiting.server.ts";
import { endpoint } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const Waiting = z.object({
  messages: z.int().meta({ description: "Messages not yet read" }), alerts: z.int().meta({ description: "Notifications not yet read" }), approvals: z.int().meta({ description: "Purchases and lessons that wait for my decision" }),
  consents: z.int().meta({ description: "Consents proposed to me" }), deadlines: z.int().meta({ description: "Work that is due in two days, or was due within a week" }), achievements: z.int().meta({ description: "Achievements of which I have not read yet" }),
  reports: z.int().meta({ description: "Reports not yet read; none exist yet" }),
}).meta({ id: "Counters" });

export const live = [
  endpoint({
    method: "get", path: "/counters", tag: "Live", summary: "What waits for me, counted now", actor: "required", policy: "own", answers: { 200: Waiting },
    handle: async ({ ctx, actor }) => ({ status: 200, body: await countWaiting(ctx, actor) }),
  }),
  endpoint({
    method: "post", path: "/live/ticket", tag: "Live", summary: "A ticket for one socket at /live, good for half a minute", actor: "required", policy: "own",
    answers: { 201: z.object({ ticket: z.string(), expiresAt: Instant }).meta({ id: "LiveTicket" }) },
    handle: async ({ ctx, actor }) => {
      const { ticket, expiresAt } = await issueTicket(ctx, actor);
      return { status: 201, body: { ticket, expiresAt: isoTime(expiresAt) } };
    },
  }),
];
