import type { Competency, Level } from "../../domain/learning/competencies.ts";
import type { GrowthWeek } from "../../domain/learning/read-growth.server.ts";
import type { Formatter } from "../format.ts";

const competencies: Record<Competency, string> = {
  communication: "Communication and collaboration", critical_thinking: "Critical thinking and problem solving", creativity: "Creativity and imagination", citizenship: "Citizenship",
  digital_literacy: "Digital literacy", learning_to_learn: "Learning to learn", self_efficacy: "Self-efficacy",
};
/** For where there is little room. */
const shortly: Record<Competency, string> = {
  communication: "Communication", critical_thinking: "Critical thinking", creativity: "Creativity", citizenship: "Citizenship", digital_literacy: "Digital literacy", learning_to_learn: "Learning to learn", self_efficacy: "Self-efficacy",
};
const levels: Record<Level, string> = {
  EE1: "Exceeding expectation, upper (EE1)", EE2: "Exceeding expectation (EE2)", ME1: "Meeting expectation, upper (ME1)", ME2: "Meeting expectation (ME2)",
  AE1: "Approaching expectation, upper (AE1)", AE2: "Approaching expectation (AE2)", BE1: "Below expectation, upper (BE1)", BE2: "Below expectation (BE2)",
};

const levelSaid = (level: Level): string => lower(levels[level]);
const levelWord = (level: Level): string => ({ E: "Exceeding", M: "Meeting", A: "Approaching", B: "Below" })[level[0] as "E" | "M" | "A" | "B"];

const list = (words: string[]) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)!}`);
const times = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`);
const lower = (word: string) => word.charAt(0).toLowerCase() + word.slice(1);

type Named = { name: string; isSelf: boolean };
type Point = { competency: Competency; level: Level | null; trend: string | null };

/** The week in sentences: every figure is the record's, and what there is no record of is not said. */
function weekTold({ observed, assessed, attendance, learned }: GrowthWeek, { name, isSelf }: Named, f: Formatter): string[] {
  const who = isSelf ? "You" : name;
  const told: string[] = [];
  if (attendance) {
    const { present, late, absent, excused } = attendance;
    const there = present + late;
    const all = there + absent + excused;
    told.push(`${who} ${isSelf ? "were" : "was"} there ${there === all ? (all === 1 ? "the one time that was marked" : `all ${all} times that were marked`) : `${there} of ${all} times`}${late > 0 ? `, ${times(late, "time", "times")} late` : ""}.`);
    if (excused > 0) told.push(isSelf ? `You missed ${times(excused, "time", "times")} for a reason the school knows.` : `${times(excused, "absence was", "absences were")} excused.`);
    if (absent > 0) told.push(isSelf ? `${times(absent, "time you were", "times you were")} away and nobody has said why yet.` : `${times(absent, "absence has", "absences have")} not been explained yet.`);
  }
  if (learned) told.push(`${who} learned for ${f.number(learned.minutes)} minutes on ${times(learned.days, "day", "days")}.`);
  for (const one of assessed) told.push(isSelf ? `In ${one.subject}, “${one.title}” showed you ${levelSaid(one.level)}.` : `In ${one.subject}, “${one.title}” was assessed: ${levelSaid(one.level)}.`);
  const seen = observed.reduce((sum, one) => sum + one.times, 0);
  if (seen > 0) told.push(`${list(observed.map((one) => one.by))} wrote down ${times(seen, "thing", "things")} that ${isSelf ? "you" : name} did.`);
  return told.length > 0 ? told : [isSelf ? "Nothing was written down in this week. That happens." : "Nothing was written down in this week."];
}

export const learning = {
  competencies,
  shortly,
  levels,
  /** Within a sentence. */
  levelSaid,
  /** For where there is little room. */
  levelWord,
  levelShort: (level: Level) => `${levelWord(level)} (${level})`,
  visibilities: { staff: "Only staff of the school", guardians: "The guardians too", child: "The guardians and the child" },
  visibilityHints: { staff: "Teachers and tutors of the child at this school, and its administration. Never the family.", guardians: "Not the child.", child: "Write it so that the child can read it." },
  forms: { formative: "Along the way", summative: "At the end of a unit", project: "Project", oral: "Oral" },
  statuses: { present: "Present", late: "Late", absent: "Absent", excused: "Excused" },
  kinds: { observation: "Observation", assessment: "Assessment", note: "Note" },

  title: "Learning",
  titleOf: ({ name, isSelf }: Named) => (isSelf ? "What you are learning" : `How ${name} is learning`),
  about: "The seven competencies of the curriculum, each by what teachers saw. Nobody is compared with anybody.",
  aboutChild: "What your teachers saw you do. It is only about you: nobody is compared.",
  radar: "Competencies",
  /** What the drawing shows, in a sentence. */
  finding: (points: Point[], { isSelf }: Named) => {
    const known = points.filter((one) => one.level !== null);
    const unknown = points.filter((one) => one.level === null).map((one) => lower(shortly[one.competency]));
    if (known.length === 0) return isSelf ? "Your teachers have not written down enough yet to draw this." : "There is not enough evidence yet to draw any of the seven.";
    const upper = known.filter((one) => one.level!.startsWith("EE") || one.level!.startsWith("ME")).map((one) => lower(shortly[one.competency]));
    const rising = known.filter((one) => one.trend === "rising").map((one) => lower(shortly[one.competency]));
    return [
      upper.length > 0 ? (isSelf ? `You meet what is expected in ${list(upper)}.` : `Meets what is expected in ${list(upper)}.`) : isSelf ? "You are on the way in each of those drawn." : "On the way in each of those drawn.",
      rising.length > 0 && `${isSelf ? "You are getting better in" : "Rising:"} ${list(rising)}.`,
      unknown.length > 0 && `Not enough evidence yet: ${list(unknown)}.`,
    ].filter(Boolean).join(" ");
  },
  notEnough: "not enough yet",
  notEnoughOf: (pieces: number) => (pieces === 0 ? "Nothing yet" : `Not enough evidence yet (${pieces} of 3)`),
  competency: "Competency",
  level: "Level",
  evidence: "Evidence",
  writtenBy: "Written by",
  trends: { rising: "Rising", steady: "Steady", falling: "Falling" },
  sureness: { low: "rests on little", fair: "rests on some", high: "rests on much" },
  pieces: (count: number) => times(count, "piece", "pieces"),
  rule: "The level is the middle of what was seen in the last 180 days, and what is recent weighs more. It takes three pieces.",
  evidenceFor: (competency: Competency) => `What speaks for ${lower(competencies[competency])}`,
  noEvidence: "Nothing yet. When a teacher sees it in an observation, an assessment or a piece of work, it stands here.",
  sources: { observation: "Observation", assessment: "Assessment", feedback: "Feedback on work" },
  closeEvidence: "Close",

  focus: "What needs attention",
  focusChild: "What to practise next",
  focusNone: "Nothing stands out at the moment.",
  focusNoneChild: "Nothing special: go on as you do.",
  focusWhy: {
    low: (level: Level, isSelf: boolean) => (isSelf ? `You are ${levelSaid(level)}: a bit of practice will help.` : `Now ${levelSaid(level)}.`),
    falling: (level: Level, isSelf: boolean) => (isSelf ? `It was going better before; now ${levelSaid(level)}. Ask your teacher what would help.` : `Lower than before, now ${levelSaid(level)}.`),
  },
  restsOn: (pieces: number) => `See the ${times(pieces, "piece", "pieces")} of evidence`,

  week: "The week",
  weekOf: (from: string, to: string) => `${from} to ${to}`,
  thisWeek: "This week",
  weekBefore: "The week before",
  weekTold,

  observations: "Observations",
  assessments: "Assessments",
  notes: "Notes",
  attendance: "Attendance",
  titles: { observation: (name: string) => `Observations of ${name}`, assessment: (name: string) => `Assessments of ${name}`, note: (name: string) => `Notes on ${name}` },
  attendanceOf: (name: string) => `Attendance of ${name}`,
  all: { observation: "All observations", assessment: "All assessments", note: "All notes", attendance: "All attendance" },
  none: { observation: "No observations yet", assessment: "No assessments yet", note: "No notes yet", attendance: "No attendance yet" },
  noneText: { observation: "What a teacher sees the student do stands here.", assessment: "What a teacher assesses stands here with its level.", note: "What helps and what to mind stands here.", attendance: "When attendance is taken, each day stands here." },
  add: { observation: "Write an observation", assessment: "Write an assessment", note: "Write a note" },
  save: { observation: "Save the observation", assessment: "Save the assessment", note: "Save the note" },
  saveChange: "Save the change",
  change: "Change it",
  remove: "Take it back",
  removeQuestion: "Take this back?",
  removeConsequence: "Nobody sees it any more, and it no longer counts as evidence. The log keeps that it was there.",
  keep: "Leave it as it is",
  done: { added: "Saved. Those who may see it are told.", changed: "The change is saved.", removed: "It is taken back." } as Record<string, string>,
  text: { observation: "What did you see?", assessment: "Comment (optional)", note: "Note" },
  textHint: "What happened, in your own words.",
  date: { observation: "When was it?", assessment: "When was it taken?" },
  subject: "Subject",
  noSubject: "No particular subject",
  what: "What was assessed?",
  form: "Kind",
  visibility: "Who may see it?",
  shows: (at: number) => `Competency ${at} (optional)`,
  showsLevel: (at: number) => `Level for competency ${at}`,
  nothing: "None",
  choose: "Choose",
  byOn: (by: string, on: string) => `${by}, ${on}`,
  seenBy: { staff: "Staff only", guardians: "Guardians", child: "Guardians and child" },
  changed: "changed since",

  classTitle: (name: string) => `Attendance of ${name}`,
  day: "Day",
  otherDay: "Another day",
  goToDay: "Go to this day",
  student: "Student",
  where: "Class or lesson",
  minutesLate: "Minutes late",
  remark: "Remark",
  remarkHint: "The family can read a remark.",
  saveAttendance: "Save attendance",
  taken: "Attendance is saved.",
  notTaken: "Not taken yet: all stand as present until you say otherwise and save.",
  attendanceNotShared: "The family does not share attendance with you.",
  emptyClass: "Nobody is in this class",
  emptyClassText: "The administration enrols students in it.",
  classCode: "Class code",
  lateBy: (minutes: number) => `${minutes} minutes late`,
};

/** Reasons of refusal in this part of the product. */
export const learningProblems = {
  competency_unknown: "There is no such competency.",
  competency_twice: "Name each competency once.",
  competencies_too_many: "At most three competencies.",
  level_unknown: "There is no such level. Levels go from BE2 to EE1.",
  visibility_missing: "Choose who may see it.",
  text_missing: "Write it down first.",
  assessed_missing: "Say what was assessed.",
  subject_missing: "Choose a subject.",
  date_wrong: "Enter a date.",
  date_ahead: "This day has not come yet.",
  not_your_subject: "You do not teach the student this subject.",
  not_your_words: "Only who wrote it may change it or take it back.",
  minutes_late: "Between 1 and 480 minutes.",
  minutes_only_late: "Minutes are only for who came late.",
  nobody_marked: "Mark at least one student.",
  student_twice: "A student stands there twice.",
  not_in_class: "This student is not in the class, or the family does not share attendance with you.",
};
