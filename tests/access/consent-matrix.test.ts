import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as serverBuild from "#build/server/index.js";
import { DATA_TYPES, RECIPIENTS, type DataType, type Recipient } from "#app/domain/consent/rules.ts";
import { consents } from "#db/schema/consent.ts";
import { familyContacts, families } from "#db/schema/families.ts";
import { assessments, attendance, competencyEvidence, observations, studentNotes } from "#db/schema/standing.ts";
import { users } from "#db/schema/identity.ts";
import { studentProfiles } from "#db/schema/schools.ts";
import { send } from "#tests/world.ts";
import { plantLife } from "./cast-life.ts";
import { plantLearning } from "./cast-learning.ts";
import { makeCast, ROLES, type Cast, type Role, type Side } from "./cast.ts";
import { doors as endpoints } from "./knock.ts";
import { pages } from "./pages.ts";
import { samples } from "./samples.ts";

/**
 * CON-2, Q-13: what each role really gets to see of a child, own and foreign, with each cell of the matrix open and closed. In every kind of data
 * that is stored so far stands something that can be recognised in any answer; every GET of the API and every page is a door. New kinds of data
 * get their mark in `plant`.
 */
const MARKED = ["profile", "media", "contact", "progress", "assessments", "attendance", "activity", "mood"] as const;
type Marked = (typeof MARKED)[number];
const BIRTH_DATE = "2013-02-27";

async function plant(cast: Cast, side: Side, word: string): Promise<Record<Marked, string[]>> {
  const { db, files } = cast.ctx;
  const { childId, schoolId, familyId } = side;
  const avatarKey = `avatars/${childId}/${word}`;
  await files.put(avatarKey, new TextEncoder().encode(`Picture${word}`), "image/webp");
  await db.batch([
    db.update(users).set({ birthDate: BIRTH_DATE, phone: `+2547000${word}`, avatarKey }).where(eq(users.id, childId)),
    db.insert(studentProfiles).values({ schoolId, studentId: childId, number: `Number${word}`, goal: `Goal${word}` }).onConflictDoUpdate({ target: [studentProfiles.schoolId, studentProfiles.studentId], set: { number: `Number${word}`, goal: `Goal${word}` } }),
    db.update(families).set({ address: `Address${word}` }).where(eq(families.id, familyId)),
    db.insert(familyContacts).values({ id: cast.ctx.ids.make("con"), familyId, childId, name: `Contact${word}`, relationship: "Neighbour", phone: `+2547999${word}`, isEmergency: true, mayPickUp: true, addedBy: side.guardianId, createdAt: 0 }),
  ]);
  const learning = await plantLearning(cast.ctx, side, word);
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const written = { schoolId, studentId: childId, authorId: side.teacherId, visibility: "child" as const, createdAt: Date.now() };
  const [observationId, assessmentId] = [cast.ctx.ids.make("obs"), cast.ctx.ids.make("asm")];
  const shown = { studentId: childId, schoolId, competency: "communication" as const, visibility: "child" as const, at: Date.now() - 86_400_000 };
  await db.batch([
    db.update(observations).set({ text: `Observed${word}` }).where(eq(observations.id, side.observationId)),
    db.update(assessments).set({ title: `Assessed${word}` }).where(eq(assessments.id, side.assessmentId)),
    db.update(studentNotes).set({ text: `Noted${word}` }).where(eq(studentNotes.id, side.noteId)),
    db.insert(observations).values({ id: observationId, ...written, text: `Observed${word} again`, observedOn: day(1) }),
    db.insert(assessments).values({ id: assessmentId, ...written, subjectId: side.subjectId, title: `Assessed${word} again`, kind: "project", level: 2, takenOn: day(0) }),
    db.insert(competencyEvidence).values([{ id: cast.ctx.ids.make("ev"), ...shown, source: "observation", sourceId: observationId, level: 5 }, { id: cast.ctx.ids.make("ev"), ...shown, source: "assessment", sourceId: assessmentId, level: 2 }]),
    db.insert(attendance).values({ id: cast.ctx.ids.make("att"), schoolId, studentId: childId, onDate: day(0), classId: side.classId, status: "late", minutesLate: 5, note: `Attended${word}`, takenBy: side.teacherId, at: Date.now() }),
  ]);
  const life = await plantLife(cast.ctx, side, word);
  return {
    ...life, progress: [...life.progress, ...learning.progress, `Observed${word}`, `Noted${word}`], assessments: [`Assessed${word}`, ...learning.assessments], attendance: [`Attended${word}`],
    profile: [`Number${word}`, `Goal${word}`], media: [`avatars/${childId}`, `Picture${word}`], contact: [`+2547000${word}`, `Contact${word}`, `+2547999${word}`],
  };
}

/** Whom the words of the requirement let see, by the cell's recipient; `all`: the child and its primary guardian. */
const RECIPIENT_OF: Partial<Record<Role, Recipient | "all">> = {
  "guardian": "all", "child": "all", "co-guardian": "other_guardians", "viewer": "other_guardians",
  "teacher": "teachers", "tutor": "tutors", "school admin": "school_administration", "school owner": "school_administration",
};

/** Doors that are one kind of data as a whole: whatever else stands there needs both. */
const WITHIN: Partial<Record<string, Marked>> = { "/children/:childId/learning": "progress", "GET /children/{childId}/learning-journey": "progress" };

type Door = { name: string; /** Says whose things it is about. */ names: boolean; open: (role: Role, side: Side) => Promise<Response> };
/** Whoever a path names, here it is the child. */
const ABOUT_CHILD = new Set(["childId", "studentId", "personId", "userId"]);
const fill = (path: string, pattern: RegExp, side: Side) => path.replace(pattern, (_match, name: string) => (ABOUT_CHILD.has(name) ? side.childId : (side as Record<string, string>)[name] ?? "none"));

let cast: Cast;
let marks: Record<"ours" | "theirs", Record<Marked, string[]>>;
/** The doors at which the role finds something of the child when all is open. */
const reading = new Map<Role, Door[]>();
let cells = 0;
const leaks: string[] = [];

const doors = (): Door[] => [
  ...endpoints.filter(({ door }) => door.method === "get").map(({ door, name }) => ({
    name, names: door.path.includes("{") || samples[name]?.query !== undefined, open: (role: Role, side: Side) => {
      const query = samples[name]?.query?.(side);
      return send("GET", `/api/v1${fill(door.path, /\{(\w+)\}/g, side)}${query ? `?${new URLSearchParams(query)}` : ""}`, { token: cast.people[role].token });
    },
  })),
  ...Object.values(serverBuild.routes).flatMap((route) => (route?.path && route.path !== "*" ? [`/${route.path}`] : [])).map((path) => ({
    name: path, names: path.includes(":") || pages[path]?.query !== undefined, open: (role: Role, side: Side) => {
      const query = pages[path]?.query?.(side);
      const { cookie } = cast.people[role];
      return send("GET", `${fill(path, /:(\w+)/g, side)}${query ? `?${new URLSearchParams(query)}` : ""}`, cookie ? { headers: { Cookie: cookie } } : {});
    },
  })),
];

/** Kinds of data of either child in the answer: `ours contact`. */
async function seenAt(door: Door, role: Role, side: Side): Promise<Set<string>> {
  cells++;
  const body = await (await door.open(role, side)).text();
  return new Set((["ours", "theirs"] as const).flatMap((whose) => MARKED.filter((kind) => marks[whose][kind].some((mark) => body.includes(mark))).map((kind) => `${whose} ${kind}`)));
}

async function setAll(open: (dataType: DataType, recipient: Recipient) => boolean): Promise<void> {
  const { db } = cast.ctx;
  const rows = [cast.ours.childId, cast.theirs.childId].flatMap((childId) => RECIPIENTS.flatMap((recipient) => DATA_TYPES.map((dataType) => ({ childId, dataType, recipient, granted: open(dataType, recipient), setAt: 0 }))));
  await db.batch([db.delete(consents).where(inArray(consents.childId, [cast.ours.childId, cast.theirs.childId])), ...Array.from({ length: Math.ceil(rows.length / 10) }, (_, at) => db.insert(consents).values(rows.slice(at * 10, at * 10 + 10)))]);
}

const may = (role: Role, kind: Marked, open: (dataType: DataType, recipient: Recipient) => boolean) => {
  const recipient = RECIPIENT_OF[role];
  return recipient === "all" || (recipient !== undefined && open(kind, recipient));
};

/** All that was seen and should not have been, at these doors by this role. */
async function look(role: Role, at: Door[], open: (dataType: DataType, recipient: Recipient) => boolean, sides: ("ours" | "theirs")[], state: string) {
  const kinds = new Map<string, Set<string>>();
  for (const door of at) {
    for (const whose of door.names ? sides : sides.slice(0, 1)) {
      const seen = await seenAt(door, role, cast[whose]);
      kinds.set(`${door.name} ${whose}`, seen);
      for (const kind of MARKED) {
        // The families' own people are at home in theirs.
        const home = role.startsWith("other ") && whose === "theirs";
        if (seen.has(`ours ${kind}`) && !may(role, kind, open)) leaks.push(`${state}: ${role} sees ${kind} of our child at ${door.name}`);
        if (seen.has(`theirs ${kind}`) && !home && !role.startsWith("other ")) leaks.push(`${state}: ${role} sees ${kind} of the foreign child at ${door.name}`);
      }
    }
  }
  return kinds;
}

/** Where the role finds more than the picture that the frame of every page shows, and some of the rest. */
function tellingDoors(role: Role): Door[] {
  const found = reading.get(role)!;
  const onlyFrame = found.filter(({ name }) => !name.startsWith("GET") && [...openly.get(role)!.get(`${name} ours`)!].every((kind) => kind === "ours media"));
  return found.filter((door) => !onlyFrame.slice(3).includes(door));
}

const everything = () => true;
const openly = new Map<Role, Map<string, Set<string>>>();

beforeAll(async () => {
  cast = await makeCast();
  marks = { ours: await plant(cast, cast.ours, "101010"), theirs: await plant(cast, cast.theirs, "202020") };
  await setAll(everything);
  for (const role of ROLES) {
    const found = await look(role, doors(), everything, ["ours", "theirs"], "all open");
    openly.set(role, found);
    reading.set(role, doors().filter(({ name }) => found.get(`${name} ours`)!.size > 0));
  }
}, 240_000);
afterAll(() => console.info(`consent matrix: ${cells} cells (role x child x cell x door), ${new Set([...reading.values()].flat().map(({ name }) => name)).size} doors that read a child's data, ${leaks.length} leaks`));

test("CON-2: with everything open, each role finds a child's data at some door, strangers at none", () => {
  const finds = (role: Role, kind: Marked) => [...openly.get(role)!.values()].some((seen) => seen.has(`ours ${kind}`));
  for (const role of ["teacher", "tutor", "school admin", "co-guardian"] as const) for (const kind of MARKED) expect(finds(role, kind), `${role} ${kind}`).toBe(true);
  for (const role of ["anonymous", "school staff", "other school's teacher", "other guardian", "other school's admin", "sibling"] as const) for (const kind of MARKED) expect(finds(role, kind), `${role} ${kind}`).toBe(false);
  expect(leaks).toEqual([]);
});

test("CON-2: with everything closed, only the child and its primary guardian see it", { timeout: 120_000 }, async () => {
  const nothing = () => false;
  await setAll(nothing);
  for (const role of ROLES) await look(role, reading.get(role)!, nothing, ["ours", "theirs"], "all closed");
  expect(leaks).toEqual([]);
});

describe.each(RECIPIENTS)("CON-2: %s", (recipient) => {
  test.each([...DATA_TYPES])("%s opened alone opens just that, closed alone closes just that", { timeout: 120_000 }, async (dataType) => {
    // Whom the cell is about, and a teacher to see that it is about nobody else.
    const roles = (Object.keys(RECIPIENT_OF) as Role[]).filter((role) => RECIPIENT_OF[role] === recipient || role === "teacher");
    for (const alone of [true, false]) {
      const open = (kind: DataType, whom: Recipient) => (kind === dataType && whom === recipient) === alone;
      await setAll(open);
      const missing: string[] = [];
      for (const role of roles) {
        const seen = await look(role, tellingDoors(role), open, ["ours"], `${dataType} for ${recipient} alone ${alone ? "open" : "closed"}`);
        for (const { name } of tellingDoors(role)) {
          const whole = WITHIN[name];
          const expected = [...openly.get(role)!.get(`${name} ours`)!].filter((kind) => may(role, kind.split(" ")[1] as Marked, open) && (!whole || may(role, whole, open)));
          for (const kind of expected) if (!seen.get(`${name} ours`)!.has(kind)) missing.push(`${role} no longer sees ${kind} at ${name}`);
        }
      }
      expect(missing).toEqual([]);
    }
    expect(leaks).toEqual([]);
  });
});
