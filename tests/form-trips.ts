/**
 * how many round trips to D1 a form may take, and those that have reason to take more. They are known by what they send or where they
 * stand (as in the access table), and by their page (as in the bench).
 */
const OF_A_FORM = 3;
const MORE: { form: RegExp; trips: number; because: string }[] = [
  { form: /^(POST )?\/finance\/pay\/.*\bcheckout\b/, trips: 5, because: "anew after a failure: the provider opens its page between two writes (docs/decisions/011); 4 where nothing failed before" },
  { form: /^(POST )?\/book\b.*\bbook\b/, trips: 5, because: "a time that was taken meanwhile is refused by the commit; then who has no time is looked up, and the page drawn again" },
  { form: /^(POST )?\/family\/people\/.*\blend\b/, trips: 4, because: "who is a guardian already is refused by the commit, and the page drawn again" },
  { form: /^(POST )?\/requests\/.*\bask-again\b/, trips: 4, because: "the request that expired names the plan, whose offer of today is read then" },
  { form: /^(POST )?\/schedule\/new\b.*\bpreview\b/, trips: 4, because: "writes nothing: the lessons foreseen are held against others', and stand on the page, drawn again" },
  { form: /^(POST )?\/admin\/people\/.*\bcredential\b/, trips: 4, because: "the sign-in that is shown this once stands on the person's page, drawn again" },
  { form: /^(POST )?\/admin\/people\b.*(guardianId|assign)/, trips: 4, because: "what became of each student stands in the list, drawn again" },
  { form: /^(POST )?\/admin\/enrolments\b/, trips: 4, because: "a class names the subject and the teacher, of whom the rest is read then" },
];

export const mostTrips = (form: string): number => MORE.find((exception) => exception.form.test(form))?.trips ?? OF_A_FORM;
