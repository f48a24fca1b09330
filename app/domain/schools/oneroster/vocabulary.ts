import type { RosterRole } from "../roster/people.ts";

/** The words of OneRoster 1.1 and 1.2 (CSV binding) and ours. */
export const FILES = ["orgs", "academicSessions", "courses", "users", "roles", "demographics", "classes", "enrollments"] as const;
export type FileName = (typeof FILES)[number];
/** Files that either version knows and that hold nothing we keep. */
export const UNUSED_FILES = ["categories", "classResources", "courseResources", "lineItems", "lineItemLearningObjectiveIds", "lineItemScoreScales", "resources", "results", "resultLearningObjectiveIds", "resultScoreScales", "scoreScales", "userProfiles", "userResources"];

const OWN = "metadata.kinboard";
/** Of a class that only gathers students of one teacher and subject, and is none of the school's own. */
export const GATHERS = `${OWN}.gathers`;
export const OWN_CLASS = `${OWN}.classSourcedId`;
export const TUTOR = `${OWN}.tutorSourcedId`;
export const CUSTOM_NAME = `${OWN}.customName`;
export const GOAL = `${OWN}.goal`;

export const COLUMNS = {
  orgs: ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"],
  academicSessions: ["sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear"],
  courses: ["sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes"],
  users: ["sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades", "password",
    "userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName", "primaryOrgSourcedId", "pronouns", GOAL],
  roles: ["sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"],
  demographics: ["sourcedId", "status", "dateLastModified", "birthDate", "sex", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander", "white",
    "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth", "publicSchoolResidenceStatus"],
  classes: ["sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods", GATHERS],
  enrollments: ["sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate", OWN_CLASS, TUTOR, CUSTOM_NAME],
} satisfies Record<FileName, string[]>;
/** What 1.1 says of a user in users.csv and 1.2 in roles.csv. */
export const COLUMNS_OF_1_1 = ["orgSourcedIds", "role"];

/** A class must have a course and a term in OneRoster, not here: these stand for none. */
export const NO_SUBJECT = "kinboard-no-subject";
export const NO_TERM = "kinboard-no-term";

export const ROLE_FROM: Record<string, RosterRole> = {
  student: "student", teacher: "teacher", "ext:tutor": "tutor", parent: "parent", guardian: "parent", relative: "parent", aide: "school_staff", proctor: "school_staff", counselor: "school_staff",
  // Administrative power is given by a person, never by a file.
  administrator: "school_staff", principal: "school_staff", siteAdministrator: "school_staff", districtAdministrator: "school_staff", systemAdministrator: "school_staff",
};
export const ROLE_TO: Record<RosterRole, string> = { student: "student", teacher: "teacher", tutor: "ext:tutor", parent: "parent", school_staff: "aide" };

export const TERM_KINDS = { schoolYear: "school_year", semester: "semester", term: "term", gradingPeriod: "grading_period" } as const;
export type TermWord = keyof typeof TERM_KINDS;
export const TERM_WORDS = Object.fromEntries(Object.entries(TERM_KINDS).map(([word, kind]) => [kind, word])) as Record<(typeof TERM_KINDS)[TermWord], TermWord>;

/** Grades in the letters of CEDS; a grade that is no level of the curriculum is passed over. */
const EARLY: Record<string, string> = { PK: "pp1", KG: "pp2" };
export function levelFrom(grades: string | undefined): string | undefined {
  const first = (grades ?? "").split(",")[0]!.trim();
  const figure = /^0*([1-9]|1[0-2])$/.exec(first)?.[1];
  return EARLY[first] ?? (figure && `grade-${figure}`);
}
export function gradeOf(level: string | null): string {
  const early = Object.entries(EARLY).find(([, known]) => known === level)?.[0];
  return early ?? level?.replace("grade-", "").padStart(2, "0") ?? "";
}
