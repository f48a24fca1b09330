import { addMany, insertMany } from "#db/bulk.ts";
import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { families, familyMembers } from "#db/schema/families.ts";
import { auditEvents } from "#db/schema/operation.ts";
import { sourcedIds } from "#db/schema/schools.ts";
import type { AppContext, Ids } from "../../../context.ts";
import type { Importing } from "../imports/importer.ts";
import type { BookedFamily, FamilyBook } from "./family-book.server.ts";

type Made = { id: string; name: string; status: "active" | "inactive"; programmes: string[] };

/** What the rows of one chunk do to families, gathered so that each table is written by one statement. */
export class FamilyChanges {
  readonly made: Made[] = [];
  readonly members: { familyId: string; userId: string; role: "student" | "guardian" }[] = [];
  readonly keys: { sourcedId: string; targetId: string }[] = [];
  readonly asked: { name: string; email: string; studentIds: string[] }[] = [];

  make(ids: Ids, book: FamilyBook, family: Omit<Made, "id">): BookedFamily {
    const booked = { id: ids.make("fam"), name: family.name, students: new Set<string>(), guardians: new Set<string>(), ours: true };
    this.made.push({ id: booked.id, ...family });
    book.byId.set(booked.id, booked);
    return booked;
  }

  join(familyId: string, userId: string, role: "student" | "guardian"): true {
    this.members.push({ familyId, userId, role });
    return true;
  }

  /** Once, however often files name them. */
  ask(book: FamilyBook, invited: { name: string; email: string; studentIds: string[] }): boolean {
    const waiting = this.asked.find(({ email }) => email === invited.email);
    if (waiting) return waiting.studentIds.push(...invited.studentIds) > 0;
    if (book.asked.has(invited.email)) return false;
    book.asked.add(invited.email);
    this.asked.push(invited);
    return true;
  }

  remember(book: FamilyBook, sourcedId: string, targetId: string): void {
    if (book.keys.has(sourcedId)) return;
    book.keys.set(sourcedId, targetId);
    this.keys.push({ sourcedId, targetId });
  }

  writes(ctx: AppContext, { importId, schoolId, startedBy }: Importing, { currency, timeZone }: { currency: string; timeZone: string }): Write[] {
    const now = ctx.clock.now();
    const event = (action: string, familyId: string, childId: string | null, details: object) => ({
      id: ctx.ids.make("audit"), at: now, actorId: startedBy, action, subjectId: familyId, familyId, childId, schoolId, details: { ...details, importId }, requestId: ctx.visit.requestId,
    });
    return [
      ...insertMany(ctx.db, families, this.made.map(({ programmes, ...family }) => ({ ...family, currency, timeZone, preferredProgrammes: programmes, createdAt: now }))),
      ...addMany(ctx.db, familyMembers, this.members.map((member) => ({ ...member, joinedAt: now }))),
      bumpRulesOf(ctx.db, this.members.filter(({ role }) => role === "student").map(({ userId }) => userId)),
      ...insertMany(ctx.db, sourcedIds, this.keys.map((key) => ({ schoolId, kind: "family" as const, ...key }))),
      ...insertMany(ctx.db, auditEvents, [
        ...this.made.map(({ id }) => event("family.created", id, null, {})),
        ...this.members.map(({ familyId, userId, role }) => (role === "student" ? event("family.student_linked", familyId, userId, {}) : event("family.guardian_linked", familyId, null, { userId }))),
      ]),
    ];
  }
}
