import * as z from "zod";
import { TellActivityInput } from "#app/domain/learning/activity/inputs.ts";
import { readActivity, readFeed } from "#app/domain/learning/activity/read-activity.server.ts";
import { KINDS } from "#app/domain/learning/activity/rules.ts";
import { takeBackActivity, tellActivity } from "#app/domain/learning/activity/tell-activity.server.ts";
import { DaysInput } from "#app/domain/learning/days.ts";
import { endpoint, pageOf, Paging } from "./endpoint.ts";
import { Instant, isoTime } from "./views.ts";

const Activity = z.object({ id: z.string(), kind: z.enum(KINDS), about: z.string(), minutes: z.int(), onDate: z.iso.date(), at: Instant }).meta({ id: "Activity" });
const FeedItem = Activity.extend({ subject: z.string().nullable(), place: z.string().nullable().meta({ description: "The page of the very thing; null: told by hand" }), own: z.boolean().meta({ description: "The caller told it, and can take it back" }) }).meta({ id: "ActivityFeedItem" });
const Statistics = z.object({
  from: z.iso.date(), to: z.iso.date(), timeZone: z.string().meta({ description: "The learner's: days are theirs" }),
  days: z.array(z.object({ date: z.iso.date(), minutes: z.int(), count: z.int() })), weeks: z.array(z.object({ startsOn: z.iso.date(), minutes: z.int(), days: z.int().meta({ description: "With anything done" }) })),
  streak: z.object({ current: z.int(), longest: z.int() }),
}).meta({ id: "ActivityStatistics" });
const ChildId = z.object({ childId: z.string() });

export const activity = [
  endpoint({
    method: "get", path: "/children/{childId}/activity", tag: "Activity", summary: "What a learner did, by day and by week, and their streaks", actor: "required", policy: "own", params: ChildId, query: DaysInput, answers: { 200: Statistics },
    handle: async ({ ctx, actor, params, query }) => {
      const { child, range, days, weeks, streaks } = await readActivity(ctx, actor, params.childId, query);
      return { status: 200, body: { ...range, timeZone: child.timeZone, days, weeks, streak: streaks } };
    },
  }),
  endpoint({
    method: "get", path: "/children/{childId}/activity/feed", tag: "Activity", summary: "The same one by one, newest first", actor: "required", policy: "own", params: ChildId, query: Paging, answers: { 200: pageOf(FeedItem) },
    handle: async ({ ctx, actor, params, query }) => {
      const { items, nextCursor } = await readFeed(ctx, actor, params.childId, query);
      return { status: 200, body: { items: items.map((item) => ({ ...item, at: isoTime(item.at) })), nextCursor } };
    },
  }),
  endpoint({
    method: "post", path: "/children/{childId}/activity", tag: "Activity", summary: "Tell what a learner read or practised elsewhere", actor: "required", policy: "activity:tell", params: ChildId, body: TellActivityInput, answers: { 201: Activity },
    handle: async ({ ctx, actor, params, body, idempotencyKey }) => {
      const { id, kind, about, minutes, onDate, at } = await tellActivity(ctx, actor, params.childId, body, idempotencyKey ?? ctx.ids.secret());
      return { status: 201, body: { id, kind, about, minutes, onDate, at: isoTime(at) } };
    },
  }),
  endpoint({
    method: "delete", path: "/children/{childId}/activity/{activityId}", tag: "Activity", summary: "Take back what one told oneself", actor: "required", policy: "activity:tell", params: ChildId.extend({ activityId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await takeBackActivity(ctx, actor, params.childId, params.activityId);
      return { status: 204 };
    },
  }),
];
