import * as z from "zod";
import { listCalendarFeeds, makeCalendarFeed, revokeCalendarFeedOf, type CalendarFeed } from "#app/domain/lessons/calendar-feeds.server.ts";
import { NewCalendarFeedInput } from "#app/domain/lessons/calendar-inputs.ts";
import { calendarAnswer } from "#app/http/calendar-answer.ts";
import { endpoint, pageOf } from "./endpoint.ts";
import { Instant, isoTime, isoTimeOrNull } from "./views.ts";

const Feed = z.object({ id: z.string(), name: z.string(), childId: z.string().nullable(), createdAt: Instant, lastReadAt: Instant.nullable() }).meta({ id: "CalendarFeed" });
const Made = Feed.extend({ address: z.string().meta({ description: "Shown this once" }) }).meta({ id: "MadeCalendarFeed" });
const view = ({ id, name, childId, createdAt, lastReadAt }: CalendarFeed) => ({ id, name, childId, createdAt: isoTime(createdAt), lastReadAt: isoTimeOrNull(lastReadAt) });

const own = { tag: "Lessons", actor: "required", policy: "own" } as const;

export const calendarDoor = endpoint({
  tag: "Lessons", actor: "anyone", policy: "open", method: "get", path: "/calendar/{file}", summary: "The timetable behind an address for calendar programs, as its owner may see it now; also at /calendar/",
  params: z.object({ file: z.string() }), file: "text/calendar", answers: { 200: null }, refusals: [404, 429],
  handle: async ({ ctx, params, request }) => {
    const answer = await calendarAnswer(ctx, params.file, request);
    return answer.status === 304 ? answer : { status: 200, file: new Blob([answer.text]).stream(), headers: answer.headers };
  },
});

export const calendarFeeds = [
  endpoint({
    ...own, method: "get", path: "/calendar-feeds", summary: "The caller's addresses for calendar programs", answers: { 200: pageOf(Feed) },
    handle: async ({ ctx, actor }) => ({ status: 200, body: { items: (await listCalendarFeeds(ctx, actor)).map(view), nextCursor: null } }),
  }),
  endpoint({
    ...own, method: "post", path: "/calendar-feeds", summary: "Make an address from which a calendar program reads", body: NewCalendarFeedInput, answers: { 201: Made }, refusals: [409],
    handle: async ({ ctx, actor, body }) => {
      const made = await makeCalendarFeed(ctx, actor, body);
      return { status: 201, body: { ...view(made), address: made.address } };
    },
  }),
  endpoint({
    ...own, method: "delete", path: "/calendar-feeds/{feedId}", summary: "Revoke an address", params: z.object({ feedId: z.string() }), answers: { 204: null },
    handle: async ({ ctx, actor, params }) => {
      await revokeCalendarFeedOf(ctx, actor, params.feedId);
      return { status: 204 };
    },
  }),
  calendarDoor,
];
