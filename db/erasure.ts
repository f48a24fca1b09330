import { sql } from "drizzle-orm";
import { pack, unpack } from "./bulk.ts";
import { write, type Db, type Write } from "./client.ts";
import { personColumns } from "./person-columns.ts";

/** What is known of the person until now; `now` for what ends with them. */
type Erased = { id: string; name: string; email: string | null; phone: string | null; username: string | null; now: number };

/** One thing to do, and how to see whether there is anything to do it to. `p` is the person. */
type Step = { probe: string; writes: string[] };

const P = "(SELECT id FROM p)";
const NAMED = "json_quote((SELECT name FROM p))";
const spelt = (column: string) => ["name", "email", "username"].map((word) => `instr(lower(${column}), lower((SELECT ${word} FROM p)))`).join(" OR ");
const where = (table: string, condition: string, write: string): Step => ({ probe: `SELECT 1 FROM ${table} WHERE ${condition}`, writes: [`${write} WHERE ${condition}`] });

const HOMES = `SELECT f.family_id FROM family_members f WHERE f.user_id = ${P}`;
/** Words about the person in rows that carry no id of theirs. Before the rest: what ties them to the person is deleted then. */
const MATCHED: Record<string, Step> = {
  "sign_ups": where("sign_ups", "email = (SELECT email FROM p)", "DELETE FROM sign_ups"),
  "family_invitations": where("family_invitations", "email = (SELECT email FROM p)", "DELETE FROM family_invitations"),
  "school_invitations": where("school_invitations", "email = (SELECT email FROM p)", "DELETE FROM school_invitations"),
  "import_rows": where("import_rows", `import_id IN (SELECT i.id FROM imports i JOIN memberships m ON m.school_id = i.school_id AND m.user_id = ${P}) AND (${spelt("about")})`, "UPDATE import_rows SET about = '—'"),
  "notifications": where("notifications", `instr(facts, ${NAMED}) AND (user_id IN (SELECT h.user_id FROM family_members h WHERE h.family_id IN (${HOMES})) OR child_id IN (SELECT g.child_id FROM guardianships g WHERE g.guardian_id = ${P}))`,
    `UPDATE notifications SET facts = replace(facts, ${NAMED}, '"—"')`),
  "mailbox_messages": where("mailbox_messages", `recipient IN (SELECT email FROM p UNION SELECT phone FROM p) OR instr(body, (SELECT name FROM p))`, "DELETE FROM mailbox_messages"),
  "jobs": where("jobs", `instr(payload, ${P}) OR instr(payload, json_quote((SELECT email FROM p)))`, "DELETE FROM jobs"),
};
/** A household nobody is left in. */
const HOUSEHOLD = where("families", `id IN (${HOMES}) AND NOT EXISTS (SELECT 1 FROM family_members o WHERE o.family_id = families.id AND o.user_id <> ${P})`,
  "UPDATE families SET name = '—', address = NULL, status = 'inactive', deleted_at = coalesce(deleted_at, (SELECT now FROM p))");

/** Tables whose words are found by what they say, for the test that walks the schema. */
export const MATCHED_TABLES = Object.keys(MATCHED);

function* steps(): Generator<Step> {
  yield* Object.values(MATCHED);
  yield HOUSEHOLD;
  for (const [table, { people = {} }] of Object.entries(personColumns)) {
    for (const [column, { erase, set = {}, release }] of Object.entries(people)) {
      const mine = `${column} = ${P}`;
      const changes = { ...(erase === "null" ? { [column]: "NULL" } : {}), ...set };
      const assignments = Object.entries(changes).map(([name, value]) => `${name} = ${value}`).join(", ");
      if (erase === "delete") yield { probe: `SELECT 1 FROM ${table} WHERE ${mine}`, writes: [...(release ? [`UPDATE ${release.table} SET ${release.column} = NULL WHERE ${release.column} IN (SELECT id FROM ${table} WHERE ${mine})`] : []), `DELETE FROM ${table} WHERE ${mine}`] };
      else if (assignments) yield where(table, mine, `UPDATE ${table} SET ${assignments}`);
    }
  }
}
const STEPS = [...steps()];

/** Halved and halved again: D1 takes no expression deeper than a hundred. */
const anyOf = (terms: string[]): string => (terms.length < 3 ? terms.join(" OR ") : `(${anyOf(terms.slice(0, terms.length / 2))}) OR (${anyOf(terms.slice(terms.length / 2))})`);

/** The statement with the person in front of it: a handful of parameters, however often they are named. */
const of = ({ id, name, email, phone, username, now }: Erased, text: string): [text: string, ...params: unknown[]] =>
  [`WITH p(id, name, email, phone, username, now) AS (SELECT ?1, ?2, ?3, ?4, ?5, ?6) ${text}`, id, name, email, phone, username, now];

/** Which steps have something to do, in order. */
export async function findTraces(db: Db, person: Erased): Promise<number[]> {
  const [text, ...params] = of(person, `SELECT ${pack(STEPS.map(({ probe }) => `EXISTS (${probe})`))}`);
  const { results: [row] } = await db.$client.prepare(text).bind(...params).all<Record<string, string>>();
  return unpack(row!).flatMap((found, at) => (found === 1 ? [at] : []));
}

/** The sole owner of a school; the last guardian, or the primary one, of a child who is under age. */
const OWNS_ALONE = `EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = ${P} AND m.role = 'school_owner' AND m.active = 1 AND NOT EXISTS (SELECT 1 FROM memberships o JOIN users u ON u.id = o.user_id AND u.status = 'active'
  WHERE o.school_id = m.school_id AND o.role = 'school_owner' AND o.active = 1 AND o.user_id <> m.user_id))`;
/** Contacts and borrowers have no say in a child: they are no guardians to lose, and none to stay. */
const WARD = `SELECT 1 FROM guardianships g JOIN users c ON c.id = g.child_id AND c.status <> 'erased' WHERE g.guardian_id = ${P} AND g.active = 1 AND g.contact_as IS NULL AND g.delegated_by IS NULL AND (g.ends_at IS NULL OR (SELECT now FROM p) < g.ends_at)`;
const LAST_GUARDIAN = `EXISTS (${WARD} AND NOT EXISTS (SELECT 1 FROM guardianships o JOIN users u ON u.id = o.guardian_id AND u.status = 'active'
  WHERE o.child_id = g.child_id AND o.guardian_id <> g.guardian_id AND o.active = 1 AND o.contact_as IS NULL AND o.starts_at <= (SELECT now FROM p) AND o.ends_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM restrictions x WHERE x.person_id = o.guardian_id AND x.child_id = o.child_id AND x.starts_at <= (SELECT now FROM p) AND (x.ends_at IS NULL OR (SELECT now FROM p) < x.ends_at))))`;
const PRIMARY_GUARDIAN = `EXISTS (${WARD} AND g.is_primary = 1)`;
const PAYMENT_OPEN = `EXISTS (SELECT 1 FROM payments y WHERE ${P} IN (y.student_id, y.payer_id) AND y.status IN ('pending', 'processing'))`;
/** Others have a part in the person by now: another school, or a family of which no child is this school's student. */
const ELSEWHERE = `EXISTS (SELECT 1 FROM users h WHERE h.id = ${P} AND (EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = h.id AND m.school_id <> h.home_school_id AND m.active = 1)
  OR EXISTS (SELECT 1 FROM guardianships g WHERE g.guardian_id = h.id AND g.active = 1 AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = g.child_id AND m.school_id = h.home_school_id AND m.role = 'student'))))`;

/** What is to be known before erasing; null: no account that one of these schools made. */
export async function findErasable(db: Db, schoolIds: string[], userId: string, now: number) {
  const [row] = await db.all<Omit<Erased, "now"> & { kind: "adult" | "child"; schoolId: string; avatarKey: string | null; isOwner: number; ownsAlone: number; lastGuardian: number; primaryGuardian: number; paymentOpen: number; elsewhere: number; receipts: number; cards: string; files: string }>(sql`
    WITH p(id, now) AS (SELECT ${userId}, ${now})
    SELECT u.id, u.name, u.email, u.phone, u.username, u.kind, u.home_school_id AS schoolId, u.avatar_key AS avatarKey, EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND m.role = 'school_owner' AND m.active = 1) AS isOwner, ${sql.raw(`${OWNS_ALONE} AS ownsAlone, ${LAST_GUARDIAN} AS lastGuardian, ${PRIMARY_GUARDIAN} AS primaryGuardian, ${PAYMENT_OPEN} AS paymentOpen, ${ELSEWHERE} AS elsewhere`)},
      (SELECT count(*) FROM payments y WHERE y.student_id = u.id OR y.payer_id = u.id) AS receipts,
      (SELECT json_group_array(a.key) FROM (SELECT key FROM attachments WHERE student_id = u.id UNION ALL SELECT key FROM conversation_files WHERE uploaded_by = u.id) a) AS files,
      (SELECT json_group_array(k.id) FROM payment_methods k WHERE k.user_id = u.id AND k.removed_at IS NULL) AS cards
    FROM users u WHERE u.id = ${userId} AND u.home_school_id IN (SELECT value FROM json_each(${JSON.stringify(schoolIds)})) AND u.status <> 'erased'`);
  return row ?? null;
}
export type ErasableRow = NonNullable<Awaited<ReturnType<typeof findErasable>>>;

/**
 * Empties the account. Aborts its batch (NOT NULL users.status) when something speaks against it by then, or when one of the steps
 * that had nothing to do has something now.
 */
export function emptyAccount(db: Db, person: Erased, found: number[]): Write {
  const idle = STEPS.flatMap(({ probe }, at) => (found.includes(at) ? [] : [`EXISTS (${probe})`]));
  return write(db, ...of(person, `UPDATE users SET name = '—', email = NULL, email_verified_at = NULL, username = NULL, phone = NULL, birth_date = NULL, avatar_key = NULL, level = NULL,
    status = CASE WHEN ${anyOf(["status = 'erased'", OWNS_ALONE, LAST_GUARDIAN, PRIMARY_GUARDIAN, PAYMENT_OPEN, ELSEWHERE, ...idle])} THEN NULL ELSE 'erased' END WHERE id = ${P}`));
}

export const eraseTraces = (db: Db, person: Erased, found: number[]): Write[] => found.flatMap((at) => STEPS[at]!.writes.map((text) => write(db, ...of(person, text))));

/** Keys under which people type: erased with who typed, where the rest of the details is about somebody else. */
const TYPED = ["note", "reason", "message", "name", "comment", "text", "email", "phone"];

/** The hashed id in place of the id; of what they did from where, and of what was done to them, nothing else stays. See docs/decisions/018. */
export function eraseFromAudit(db: Db, userId: string, hashed: string, erasureId: string): Write[] {
  const untyped = `json_remove(details, ${TYPED.map((key) => `'$.${key}'`).join(", ")})`;
  return [
    write(db, `UPDATE audit_events SET subject_id = CASE subject_id WHEN ?1 THEN ?2 ELSE subject_id END, child_id = CASE child_id WHEN ?1 THEN ?2 ELSE child_id END, details = '{}', what_salt = NULL, erasure_id = ?3
      WHERE subject_id = ?1 OR child_id = ?1`, userId, hashed, erasureId),
    write(db, `UPDATE audit_events SET details = ${untyped}, what_salt = NULL, erasure_id = ?2 WHERE actor_id = ?1 AND details <> ${untyped}`, userId, erasureId),
    write(db, "UPDATE audit_events SET actor_id = ?2, address = NULL, user_agent = NULL, who_salt = NULL, erasure_id = ?3 WHERE actor_id = ?1", userId, hashed, erasureId),
  ];
}
