/** Why a family of a file is refused. */
export const familyFileProblems = {
  families_missing: "The file holds no list of families.",
  family_unreadable: "This is no family: a name, at most 4 parents and at most 10 students, as words.",
  family_without_student: "A school's family needs at least one student.",
  family_status_unknown: "The status is active or inactive.",
  family_ambiguous: "The row fits more than one family. Its people are in several of that name.",
  family_looks_like: "One of these people is in a family of nearly the same name. Write the name as it is there, or clearly otherwise.",
  family_keeps_its_adults: "This family was there before. Its guardians bring other adults into it themselves.",
  person_looks_like: "Somebody of nearly the same name has this birth date or telephone. Write the name as it is there, or add the person by hand.",
  person_kept_away: "One of the adults is kept away from one of the students.",
};
