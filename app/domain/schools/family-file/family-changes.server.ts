import type { Write } from "#db/client.ts";
import { bumpRulesOf } from "#db/decisions.ts";
import { addFamilyMembers, insertFamilies, insertFamilyKeys, insertParentInvitations } from "#db/family-files.ts";
import { insertJobs } from "#db/operation.ts";
import type { AppContext, Ids } from "../../../context.ts";
import { recordAll, type Act } from "../../audit.server.ts";
import { hashToken } from "../../identity/sessions.ts";
import type { JobKind, JobPayloads } from "../../jobs.server.ts";
import { SCHOOL_INVITATION_LIFE } from "../../people/rules.ts";
import type { Importing } from "../imports/importer.server.ts";
import type { BookedFamily, FamilyBook } from "./family-book.server.ts";

type Asked = { name: string; email: string; studentIds: string[]; familyIds: string[] };
type Made = { id: string; name: string; status: "active" | "inactive"; programmes: string[] };

/** What the rows of one chunk do to families, gathered so that each table is written by one statement. */
export class FamilyChanges {
  readonly made: Made[] = [];
  readonly members: { familyId: string; userId: string; role: "student" | "guardian" }[] = [];
  readonly keys: { sourcedId: string; targetId: string }[] = [];
  readonly asked: Asked[] = [];

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
  ask(book: FamilyBook, invited: Asked): boolean {
    const waiting = this.asked.find(({ email }) => email === invited.email);
    if (waiting) {
      waiting.studentIds.push(...invited.studentIds);
      waiting.familyIds.push(...invited.familyIds);
      return true;
    }
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

  async writes(ctx: AppContext, { importId, schoolId, startedBy }: Importing, { currency, timeZone }: { currency: string; timeZone: string }): Promise<{ writes: Write[]; jobIds: string[] }> {
    const now = ctx.clock.now();
    const invitations = this.asked.map((one) => ({ id: ctx.ids.make("sinv"), code: ctx.ids.secret(), one }));
    const mails = await Promise.all(invitations.map(async ({ id, code }) => ({
      id: ctx.ids.make("job"), kind: "mail-school-invitation" satisfies JobKind, availableAt: now, createdAt: now, payload: { invitationId: id, sealedCode: await ctx.vault.seal(code) } satisfies JobPayloads["mail-school-invitation"],
    })));
    const hashes = await Promise.all(invitations.map(({ code }) => hashToken(code)));
    const acts: Act[] = [
      ...this.made.map(({ id }) => ({ action: "family.created", subjectId: id, familyId: id })),
      ...this.members.map(({ familyId, userId, role }) => (role === "student" ? { action: "family.student_linked", subjectId: familyId, familyId, childId: userId } : { action: "family.guardian_linked", subjectId: familyId, familyId, details: { userId } })),
      ...invitations.map(({ id, one }) => ({ action: "school.invited", subjectId: id, details: { role: "parent", studentIds: one.studentIds } })),
    ];
    const writes = [
      ...insertFamilies(ctx.db, this.made.map(({ programmes, ...family }) => ({ ...family, currency, timeZone, preferredProgrammes: programmes, createdAt: now }))),
      ...addFamilyMembers(ctx.db, this.members.map((member) => ({ ...member, joinedAt: now }))),
      bumpRulesOf(ctx.db, this.members.filter(({ role }) => role === "student").map(({ userId }) => userId)),
      ...insertFamilyKeys(ctx.db, schoolId, this.keys),
      ...insertParentInvitations(ctx.db, invitations.map(({ id, one }, at) => ({ id, schoolId, ...one, codeHash: hashes[at]!, invitedBy: startedBy, expiresAt: now + SCHOOL_INVITATION_LIFE, createdAt: now }))),
      ...insertJobs(ctx.db, mails),
      ...recordAll(ctx, { userId: startedBy }, acts.map((act) => ({ ...act, schoolId, details: { ...act.details, importId } }))),
    ];
    return { writes, jobIds: mails.map(({ id }) => id) };
  }
}
