import { putClasses, putSourcedIds, putSubjects, putTerms, selectRosterClasses, selectRosterEnrolments, selectRosterSubjects, selectSourcedIds, selectTerms, type ClassRow, type EnrolmentRow, type SourcedKind, type SubjectRow, type TermRow } from "#db/teaching-roster.ts";
import { putEnrolments } from "#db/enrolments.ts";
import type { Write } from "#db/client.ts";
import type { AppContext } from "../../../context.ts";
import { recordAll, type Act } from "../../audit.server.ts";
import { ACTS, isInForce, type Step } from "../teaching/rules.ts";
import type { Importing } from "../imports/importer.server.ts";
import type { Outcome } from "../imports/outcomes.ts";

/** What is taught at the school, to whom and by whom; as it is, and as the rows seen so far would leave it. */
export class Teaching {
  readonly subjects = new Map<string, SubjectRow>();
  readonly classes = new Map<string, ClassRow>();
  readonly terms = new Map<string, TermRow>();
  readonly #enrolments = new Map<string, EnrolmentRow>();
  readonly #sourced = new Map<string, string>();
  readonly #touched = { subjects: new Set<SubjectRow>(), classes: new Set<ClassRow>(), terms: new Set<TermRow>(), enrolments: new Set<EnrolmentRow>() };
  readonly #newSourced: { kind: SourcedKind; sourcedId: string; targetId: string }[] = [];
  #acts: Act[] = [];
  readonly ctx: AppContext;
  readonly schoolId: string;
  readonly #now: number;

  constructor(ctx: AppContext, schoolId: string, [subjects, classes, terms, enrolments, sourced]: [SubjectRow[], ClassRow[], TermRow[], EnrolmentRow[], { kind: SourcedKind; sourcedId: string; targetId: string }[]]) {
    this.ctx = ctx;
    this.schoolId = schoolId;
    this.#now = ctx.clock.now();
    for (const row of subjects) this.subjects.set(row.id, row);
    for (const row of classes) this.classes.set(row.id, row);
    for (const row of terms) this.terms.set(row.id, row);
    for (const row of enrolments) this.#enrolments.set(keyOf(row), row);
    for (const { kind, sourcedId, targetId } of sourced) this.#sourced.set(`${kind} ${sourcedId}`, targetId);
  }

  /** What another system's id stands for. */
  target(kind: SourcedKind, sourcedId: string): string | undefined {
    return this.#sourced.get(`${kind} ${sourcedId}`);
  }

  name(kind: SourcedKind, sourcedId: string, targetId: string): void {
    if (this.target(kind, sourcedId) === targetId) return;
    this.#sourced.set(`${kind} ${sourcedId}`, targetId);
    this.#newSourced.push({ kind, sourcedId, targetId });
  }

  subjectBy(name: string): SubjectRow | undefined {
    const wanted = name.toLowerCase();
    return [...this.subjects.values()].find((subject) => subject.name.toLowerCase() === wanted || subject.code?.toLowerCase() === wanted);
  }

  classesBy(name: string): ClassRow[] {
    const wanted = name.toLowerCase();
    return [...this.classes.values()].filter((one) => one.name.toLowerCase() === wanted);
  }

  /** The row as wanted: a new one, or the known one with what differs. */
  putSubject(known: SubjectRow | undefined, wanted: Pick<SubjectRow, "name"> & Partial<SubjectRow>): { row: SubjectRow; outcome: Outcome } {
    return this.#put("subjects", "subject", known, wanted, () => ({ id: this.ctx.ids.make("sub"), schoolId: this.schoolId, code: null, active: true, createdAt: this.#now, ...wanted }));
  }
  putClass(known: ClassRow | undefined, wanted: Pick<ClassRow, "name"> & Partial<ClassRow>): { row: ClassRow; outcome: Outcome } {
    return this.#put("classes", "class", known, wanted, () => ({ id: this.ctx.ids.make("class"), schoolId: this.schoolId, level: null, subjectId: null, teacherId: null, termId: null, active: true, createdAt: this.#now, ...wanted }));
  }
  putTerm(known: TermRow | undefined, wanted: Omit<TermRow, "id" | "schoolId" | "createdAt">): { row: TermRow; outcome: Outcome } {
    return this.#put("terms", "term", known, wanted, () => ({ id: this.ctx.ids.make("term"), schoolId: this.schoolId, createdAt: this.#now, ...wanted }));
  }

  #put<R extends { id: string }>(shelf: "subjects" | "classes" | "terms", word: string, known: R | undefined, wanted: Partial<R>, make: () => R): { row: R; outcome: Outcome } {
    const changed = known ? Object.entries(wanted).filter(([field, value]) => value !== undefined && known[field as keyof R] !== value) : [];
    if (known && changed.length === 0) return { row: known, outcome: "already" };
    const row = known ? Object.assign(known, Object.fromEntries(changed)) : make();
    (this[shelf] as unknown as Map<string, R>).set(row.id, row);
    (this.#touched[shelf] as unknown as Set<R>).add(row);
    this.#acts.push({ action: `${word}.${known ? "changed" : "created"}`, subjectId: row.id, ...(known ? { details: { fields: changed.map(([field]) => field) } } : {}) });
    return { row, outcome: known ? "changed" : "created" };
  }

  /** Begins, changes, ends or takes up again; what is `undefined` stays as it is. */
  enrol(wanted: Pick<EnrolmentRow, "studentId" | "subjectId" | "teacherId"> & Partial<Pick<EnrolmentRow, "tutorId" | "classId" | "customName" | "startsAt" | "endsAt">>): { row: EnrolmentRow | undefined; outcome: Outcome } {
    const known = this.#enrolments.get(keyOf(wanted));
    const ends = wanted.endsAt ?? null;
    const over = ends !== null && ends <= this.#now;
    if (over && !(known && isInForce(known, this.#now))) return { row: known, outcome: "already" };
    const { studentId, subjectId, teacherId } = wanted;
    if (!known) return this.#kept({ id: this.ctx.ids.make("enr"), schoolId: this.schoolId, studentId, subjectId, teacherId, tutorId: wanted.tutorId ?? null, classId: wanted.classId ?? null, customName: wanted.customName ?? null, startsAt: wanted.startsAt ?? this.#now, endsAt: ends, createdAt: this.#now }, "begin");
    if (over) return this.#kept(Object.assign(known, { endsAt: this.#now }), "end");
    const resumes = known.endsAt !== null && known.endsAt <= this.#now;
    const next = { tutorId: wanted.tutorId, classId: wanted.classId, customName: wanted.customName, startsAt: resumes ? this.#now : wanted.startsAt, endsAt: resumes ? ends : wanted.endsAt };
    const changed = Object.entries(next).filter(([field, value]) => value !== undefined && known[field as keyof EnrolmentRow] !== value);
    if (changed.length === 0) return { row: known, outcome: "already" };
    return this.#kept(Object.assign(known, Object.fromEntries(changed)), resumes ? "take_up_again" : "change");
  }

  endEnrolment(id: string): Outcome {
    const known = [...this.#enrolments.values()].find((row) => row.id === id);
    if (!known || !isInForce(known, this.#now)) return "already";
    return this.#kept(Object.assign(known, { endsAt: this.#now }), "end").outcome;
  }

  #kept(row: EnrolmentRow, step: Exclude<Step, "nothing"> | "end"): { row: EnrolmentRow; outcome: Outcome } {
    this.#enrolments.set(keyOf(row), row);
    this.#touched.enrolments.add(row);
    this.#acts.push({ action: step === "end" ? "enrolment.ended" : ACTS[step], subjectId: row.id, childId: row.studentId, details: { subjectId: row.subjectId, teacherId: row.teacherId, tutorId: row.tutorId } });
    return { row, outcome: step === "begin" ? "created" : "changed" };
  }

  /** What the rows since the last asking did, in the order in which tables name each other. */
  takeWrites({ importId, startedBy }: Importing): Write[] {
    const { db } = this.ctx;
    const take = <T extends object>(rows: Set<T>): T[] => {
      const taken = [...rows].map((row) => ({ ...row }));
      rows.clear();
      return taken;
    };
    const acts = this.#acts.map((act) => ({ ...act, schoolId: this.schoolId, details: { ...act.details, importId } }));
    this.#acts = [];
    return [
      ...putSubjects(db, take(this.#touched.subjects)), ...putTerms(db, take(this.#touched.terms)), ...putClasses(db, take(this.#touched.classes)), ...putEnrolments(db, take(this.#touched.enrolments)),
      ...putSourcedIds(db, this.#newSourced.splice(0).map((row) => ({ schoolId: this.schoolId, ...row }))),
      ...recordAll(this.ctx, { userId: startedBy }, acts),
    ];
  }
}

const keyOf = ({ studentId, subjectId, teacherId }: Pick<EnrolmentRow, "studentId" | "subjectId" | "teacherId">) => `${studentId} ${subjectId} ${teacherId}`;

export async function loadTeaching(ctx: AppContext, schoolId: string): Promise<Teaching> {
  const { db } = ctx;
  return new Teaching(ctx, schoolId, await db.batch([selectRosterSubjects(db, schoolId), selectRosterClasses(db, schoolId), selectTerms(db, schoolId), selectRosterEnrolments(db, schoolId), selectSourcedIds(db, schoolId)]));
}
