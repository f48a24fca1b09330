export const imports = {
  title: "Import",
  about: "Bring people, classes and enrolments in from a file.",
};

/** Reasons of refusal in this part of the product, of files and of single rows. */
export const importsProblems = {
  import_kind_missing: "Choose what is in the file.",
  file_missing: "Choose a file that is not empty.",
  file_too_large: "The file is larger than 5 MB. Split it.",
  file_not_text: "This is no CSV file. Save the sheet as CSV and send that.",
  file_without_rows: "There is nothing in the file but its first line.",
  csv_columns_missing: "The first line must name the columns. Compare it with the template: one that is needed is missing.",
  csv_quote_open: "A quotation mark is opened in the file and never closed.",
  import_rows_too_many: "A file may have at most 50,000 rows. Split it.",
  import_not_tried: "Try the file first.",
  import_starter_gone: "Whoever started the import no longer runs the school.",
  import_file_gone: "The file is no longer kept. Send it again.",
  import_row_conflict: "Somebody changed the same at that moment. Send the row again.",
  role_missing: "The role is missing.",
  role_unknown: "This role cannot be given by a file. Use student, teacher, tutor, staff or parent.",
  student_and_adult: "A student has no other role.",
  only_students_have_these: "Only a student's row names a guardian or a tutor.",
  birth_date_unusable: "Write the birth date as year-month-day, like 2015-03-21.",
  level_unknown: "This level is not known. Use PP1, PP2 or Grade 1 to Grade 12.",
  person_ambiguous: "The row fits more than one person, or contradicts what is known of the one it fits.",
  person_other_role: "Somebody else at the school has this e-mail address, or the same person in another role.",
  person_elsewhere: "This address belongs to an account outside the school. Invite them: they have to agree.",
  person_unidentifiable: "A name alone tells nobody apart. Add a number, a username, an e-mail address, a telephone number or the birth date.",
  email_differs: "The person signs in with another e-mail address. Change it on their page.",
  username_differs: "The person signs in with another username. Change it on their page.",
  guardian_unknown: "No parent of the school has this address. Add their row, or their name in guardianName.",
  tutor_unknown: "No tutor of the school has this address.",
};
