import { countOpenReports } from "#db/message-reports.ts";
import { selectWaitingTickets } from "#db/tickets.ts";
import type { AppContext } from "../../context.ts";
import type { Actor } from "../actor.ts";
import { administeredSchools } from "../schools/rules.ts";
import { answersAt } from "../support/read-tickets.server.ts";

const SHOWN = 5;

/** What waits for who runs a school or answers there: questions, the longest waiting first, and how many messages are reported. One batch. */
export async function getSchoolDashboard(ctx: AppContext, actor: Actor) {
  const schools = answersAt(actor);
  const [found, [reported]] = await ctx.db.batch([
    selectWaitingTickets(ctx.db, schools.map(({ id }) => id), SHOWN), countOpenReports(ctx.db, actor.userId, administeredSchools(actor).map(({ schoolId }) => schoolId)),
  ]);
  const tickets = found.map(({ id, subject, opener, school, lastAt, lastText }) => ({ id, subject, opener, school, lastAt, lastText, open: true, waiting: true }));
  return { schools: schools.map(({ name }) => name), tickets, reports: reported?.count ?? 0 };
}
export type SchoolDashboard = Awaited<ReturnType<typeof getSchoolDashboard>>;
