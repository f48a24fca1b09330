/**
 * A school's list of 200 families as a secretary keeps it: every family written by hand's rules, so that the counts are known.
 * Every row says what it stands for.
 */
type Row = { family: string; programmes?: string; status?: string; parents: { name?: string; email?: string; phone?: string }[]; students: { name: string; birthDate?: string; level?: string; username?: string }[]; expect: string };

const SURNAMES = ["Otieno", "Wanjiru", "Mwangi", "Kamau", "Achieng", "Njoroge", "Kiptoo", "Mutua", "Hassan", "Wambui"];
const FIRST = ["Amina", "Brian", "Cynthia", "David", "Esther", "Felix", "Grace", "Hamisi", "Irene", "Joseph", "Khadija", "Lewis", "Mercy", "Nelson", "Olivia", "Peter", "Queenter", "Rose", "Samuel", "Tabitha"];
const date = (at: number) => new Date(Date.UTC(2012, 0, 1 + at * 11)).toISOString().slice(0, 10);
const phone = (at: number) => `07${String(10_000_000 + at * 37).padStart(8, "0")}`;

export function twoHundredFamilies(tag: string): Row[] {
  const rows: Row[] = [];
  const name = (at: number) => `${FIRST[at % FIRST.length]!} ${SURNAMES[Math.floor(at / FIRST.length) % SURNAMES.length]!}`;
  const surname = (at: number) => SURNAMES[at % SURNAMES.length]!;
  // 1-120: ordinary ones of ten shared surnames; a mother by e-mail, a father by telephone, one or two children.
  for (let at = 0; at < 120; at++) {
    rows.push({
      family: `${surname(at)} family`, programmes: at % 3 === 0 ? "CBC" : at % 3 === 1 ? "CBC | IGCSE" : "", status: at % 10 === 0 ? "inactive" : "",
      parents: [{ name: `Mama ${name(at)}`, email: `mama${at}-${tag}@example.test` }, ...(at % 2 ? [{ name: `Baba ${name(at)}`, phone: phone(at) }] : [])],
      students: [{ name: `${name(at)} ${surname(at)}`, birthDate: date(at), level: `Grade ${1 + (at % 9)}` }, ...(at % 4 === 0 ? [{ name: `Little ${name(at)}`, birthDate: date(at + 200), level: "PP1" }] : [])],
      expect: "created",
    });
  }
  // 121-140: twins: one surname, one birth date, two first names.
  for (let at = 0; at < 20; at++) rows.push({ family: `Twins of ${surname(at)} ${at}`, parents: [{ name: `Mama Pacha ${at}`, email: `twins${at}-${tag}@example.test` }], students: ["Apiyo", "Adongo"].map((first) => ({ name: `${first} ${surname(at)} ${at}`, birthDate: date(400 + at) })), expect: "created" });
  // 141-150: separated: a mother of an ordinary family has a second one, with her child of the first and another.
  for (let at = 0; at < 10; at++) rows.push({ family: `Second home ${at}`, parents: [{ name: `Mama ${name(at)}`, email: `MAMA${at}-${tag}@example.test` }], students: [{ name: `${name(at)} ${surname(at)}`, birthDate: date(at) }, { name: `Half ${name(at)}`, birthDate: date(500 + at) }], expect: "created" });
  // 151-160: no parent is known by more than a name, or none at all.
  for (let at = 0; at < 10; at++) rows.push({ family: `Quiet ${at}`, parents: at % 2 ? [] : [{ name: `Only Name ${at}` }], students: [{ name: `Silent Child ${at}`, username: `silent${at}-${tag}`.slice(0, 30) }], expect: "created" });
  // 161-170: the same family again, in other capitals, spaces and order.
  for (let at = 0; at < 10; at++) {
    const { parents, students, ...twin } = rows[at * 2 + 1]!;
    rows.push({ ...twin, family: `  ${twin.family.toUpperCase()}`, parents: [...parents].reverse().map((one) => ({ ...one, name: one.name?.toLowerCase().replace(" ", "   ") })), students: students.map((one) => ({ ...one, name: one.name.toUpperCase() })), expect: "already" });
  }
  // 171-180: a child's name with a letter wrong, the birth date of an ordinary one.
  for (let at = 20; at < 30; at++) rows.push({ family: `Slip ${at}`, parents: [], students: [{ name: `${name(at)} ${surname(at)}`.replace(/.$/, "q"), birthDate: date(at) }], expect: "refused person_looks_like" });
  // 181-185: a child by a name alone that another child has.
  for (let at = 30; at < 35; at++) rows.push({ family: `Nameless ${at}`, parents: [], students: [{ name: `${name(at)} ${surname(at)}` }], expect: "refused person_ambiguous" });
  // 186-190: the name of a child is missing.
  for (let at = 0; at < 5; at++) rows.push({ family: `Blank ${at}`, parents: [{ name: `Mama Blank ${at}`, email: `blank${at}-${tag}@example.test` }], students: [{ name: "", birthDate: date(600 + at) }], expect: "refused name_missing" });
  // 191-195: no student at all; 196-200: a family's name with a letter wrong round a mother of an ordinary one.
  for (let at = 0; at < 5; at++) rows.push({ family: `Childless ${at}`, parents: [{ name: `Mama Childless ${at}`, email: `childless${at}-${tag}@example.test` }], students: [], expect: "refused family_without_student" });
  for (let at = 40; at < 45; at++) rows.push({ family: `${surname(at)}x family`, parents: [{ name: `Mama ${name(at)}`, email: `mama${at}-${tag}@example.test` }], students: [{ name: `New ${name(at)}`, birthDate: date(700 + at) }], expect: "refused family_looks_like" });
  return rows;
}

const COLUMNS = ["Family", "Programmes", "Status", ...[1, 2].flatMap((n) => [`Parent ${n} name`, `Parent ${n} e-mail`, `Parent ${n} phone`]), ...[1, 2].flatMap((n) => [`Student ${n} name`, `Student ${n} birth date`, `Student ${n} level`, `Student ${n} username`]), "Remarks"];

/** With a mark of its bytes' order, semicolons and Windows' line ends, as a spreadsheet writes it there. */
export function asCsv(rows: Row[]): string {
  const cell = (text = "") => (/[;"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = ({ family, programmes, status, parents, students }: Row) => [
    family, programmes, status, ...[0, 1].flatMap((n) => [parents[n]?.name, parents[n]?.email, parents[n]?.phone]), ...[0, 1].flatMap((n) => [students[n]?.name, students[n]?.birthDate, students[n]?.level, students[n]?.username]), 'told "on the phone"; twice',
  ].map((text) => cell(text)).join(";");
  return `\ufeff${[COLUMNS.join(";"), ...rows.map(line)].join("\r\n")}\r\n`;
}
