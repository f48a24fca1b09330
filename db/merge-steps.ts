import { personColumns, type PersonColumn, type TableRule } from "./person-columns.ts";

/** What a merge wrote down of one step: enough to do it backwards. `rows` begin with the identity; of `set` and `drop` the values before follow. */
export type Moved = { table: string; column: string; how: "move" | "set" | "drop"; identity: string[]; columns: string[]; rows: (string | number | null)[][] };

/** One step of a merge as SQL; `p` has the accounts `kept` and `gone`. */
type MergeStep = Omit<Moved, "rows"> & { from: string; write: string; collision: boolean };

const KEPT = "(SELECT kept FROM p)";
const GONE = "(SELECT gone FROM p)";

const step = (table: string, column: string, how: Moved["how"], identity: string[], columns: string[], where: string, write: string, collision = false): MergeStep =>
  ({ table, column, how, identity, columns, from: `FROM ${table} WHERE ${where}`, write: `${write} WHERE ${where}`, collision });
const assigned = (set: Record<string, string>) => Object.entries(set).map(([name, value]) => `${name} = ${value}`).join(", ");

/** Whether the kept account has a row that this one would be a double of. */
function doubles(table: string, column: string, { keys = [] }: TableRule): string {
  return keys.filter((key) => key.columns.includes(column)).map(({ columns, where }) => {
    const same = columns.map((name) => (name === column ? `o.${name} = ${KEPT}` : `o.${name} = ${table}.${name}`));
    return `EXISTS (SELECT 1 FROM ${table} o WHERE ${[...same, ...(where ? [`o.${where}`, `${table}.${where}`] : [])].join(" AND ")})`;
  }).join(" OR ") || "0";
}

function* stepsOf(table: string, column: string, { only = "1", twice }: PersonColumn, rule: TableRule): Generator<MergeStep> {
  const primary = rule.keys?.find((key) => key.primary)?.columns;
  const identity = (primary ?? ["id"]).filter((name) => name !== column);
  const theirs = `${table}.${column} = ${GONE} AND ${only}`;
  const double = doubles(table, column, rule);
  if (twice && "drop" in twice) yield step(table, column, "drop", [], twice.drop, `${theirs} AND (${double})`, `DELETE FROM ${table}`, true);
  if (twice && "set" in twice) yield step(table, column, "set", primary ?? ["id"], Object.keys(twice.set), `${theirs} AND (${double})`, `UPDATE ${table} SET ${assigned(twice.set)}`, true);
  if (!twice && double !== "0") yield { ...step(table, column, "set", [], [], `${theirs} AND (${double})`, ""), write: "", collision: true };
  yield step(table, column, "move", identity, [], `${theirs} AND NOT (${double})`, `UPDATE ${table} SET ${column} = ${KEPT}`);
}

/** What one of the two was refused stays refused: data that moves must not be seen by more eyes than before. */
const STRICTER = step("consents", "granted", "set", ["child_id", "data_type", "recipient"], ["granted", "until"],
  `consents.child_id = ${KEPT} AND consents.granted = 1 AND EXISTS (SELECT 1 FROM consents o WHERE o.child_id = ${GONE} AND o.data_type = consents.data_type AND o.recipient = consents.recipient AND o.granted = 0)`, "UPDATE consents SET granted = 0, until = NULL");

/** What the kept account lacks, it takes over; the address by which they sign in stays with the other account, and reserved. */
const BLANKS = ["phone", "birth_date", "level"];
const FILL = step("users", "phone", "set", ["id"], BLANKS, `users.id = ${KEPT} AND EXISTS (SELECT 1 FROM users o WHERE o.id = ${GONE} AND (${BLANKS.map((name) => `users.${name} IS NULL AND o.${name} IS NOT NULL`).join(" OR ")}))`,
  `UPDATE users SET ${BLANKS.map((name) => `${name} = coalesce(${name}, (SELECT o.${name} FROM users o WHERE o.id = ${GONE}))`).join(", ")}`);
const CLOSE = step("users", "status", "set", ["id"], ["status"], `users.id = ${GONE}`, "UPDATE users SET status = 'deactivated'");

/** Every step there is, in the order in which they are done. */
export const MERGE_STEPS: MergeStep[] = [
  STRICTER, FILL,
  ...Object.entries(personColumns).flatMap(([table, rule]) => Object.entries(rule.people ?? {}).flatMap(([column, person]) => (person.merge === "move" ? [...stepsOf(table, column, person, rule)] : []))),
  CLOSE,
];

/** The rows of a step as JSON, as they are before it. */
export const rowsOf = ({ from, identity, columns }: MergeStep) => `(SELECT json_group_array(json_array(${[...identity, ...columns].join(", ")})) ${from})`;

/** The statement that does a step backwards; ?1 the rows, ?2 the kept and ?3 the gone account. */
export function backwards({ table, column, how, identity, columns }: Omit<Moved, "rows">): string {
  const values = (from: number, count: number) => Array.from({ length: count }, (_each, at) => `value ->> ${from + at}`).join(", ");
  const named = identity.length === 0 ? "json_array_length(?1) > 0" : `(${identity.join(", ")}) IN (SELECT ${values(0, identity.length)} FROM json_each(?1))`;
  if (how === "move") return `UPDATE ${table} SET ${column} = ?3 WHERE ${column} = ?2 AND ${named}`;
  if (how === "drop") return `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) SELECT ${values(0, columns.length)} FROM json_each(?1) WHERE ?2 <> ?3`;
  const before = (at: number) => `(SELECT value ->> ${identity.length + at} FROM json_each(?1) WHERE ${identity.map((name, position) => `value ->> ${position} = ${table}.${name}`).join(" AND ")})`;
  return `UPDATE ${table} SET ${columns.map((name, at) => `${name} = ${before(at)}`).join(", ")} WHERE ${named} AND ?2 <> ?3`;
}
