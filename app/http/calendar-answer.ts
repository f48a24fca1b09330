import type { AppContext } from "../context.ts";
import { readCalendar } from "../domain/lessons/read-calendar.server.ts";
import { hashToken } from "../domain/identity/sessions.ts";

/** What a calendar program gets: the timetable, or nothing where it holds this very one already. */
export async function calendarAnswer(ctx: AppContext, file: string, request: Request): Promise<{ status: 200; text: string; headers: Record<string, string> } | { status: 304; headers: Record<string, string> }> {
  const text = await readCalendar(ctx, file);
  const headers = { "ETag": `"${(await hashToken(text)).slice(0, 22)}"`, "Cache-Control": "private, max-age=300" };
  const held = request.headers.get("If-None-Match")?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return held?.includes(headers.ETag) ? { status: 304, headers } : { status: 200, text, headers: { ...headers, "Content-Type": "text/calendar; charset=utf-8" } };
}
