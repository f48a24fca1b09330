import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { addFamilyMembers, insertFamilies, insertFamilyKeys } from "#db/family-files.ts";
import type { AppContext, Ids } from "../../../context.ts";
import { recordAll, type Act } from "../../audit.server.ts";
import type { Importing } from "../imports/importer.server.ts";
import type { BookedFamily, FamilyBook } from "./family-book.server.ts";

type Made = { id: string; name: string; status: "active" | "inactive"; programmes: string[] };

/** What the rows of one chunk do to families, gathered so that each table is written by one statement. */
export class FamilyChanges {
  readonly made: Made[] = [];
  readonly members: { familyId: string; userId: string; role: "student" | "guardian" }[] = [];
  readonly keys: { sourcedId: string; targetId: string }[] = [];

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

  remember(book: FamilyBook, sourcedId: string, targetId: string): void {
    if (book.keys.has(sourcedId)) return;
    book.keys.set(sourcedId, targetId);
    this.keys.push({ sourcedId, targetId });
  }

  writes(ctx: AppContext, { importId, schoolId, startedBy }: Importing, { currency, timeZone }: { currency: string; timeZone: string }): Write[] {
    const now = ctx.clock.now();
    const acts: Act[] = [
      ...this.made.map(({ id }) => ({ action: "family.created", subjectId: id, familyId: id })),
      ...this.members.map(({ familyId, userId, role }) => (role === "student" ? { action: "family.student_linked", subjectId: familyId, familyId, childId: userId } : { action: "family.guardian_linked", subjectId: familyId, familyId, details: { userId } })),
    ];
    return [
      ...insertFamilies(ctx.db, this.made.map(({ programmes, ...family }) => ({ ...family, currency, timeZone, preferredProgrammes: programmes, createdAt: now }))),
      ...addFamilyMembers(ctx.db, this.members.map((member) => ({ ...member, joinedAt: now }))),
      bumpRulesOf(ctx.db, this.members.filter(({ role }) => role === "student").map(({ userId }) => userId)),
      ...insertFamilyKeys(ctx.db, schoolId, this.keys),
      ...recordAll(ctx, { userId: startedBy }, acts.map((act) => ({ ...act, schoolId, details: { ...act.details, importId } }))),
    ];
  }
}
