/** how many round trips to D1 a form may take, and those that have reason to take more. Found in what the form sends, or where it stands. */
const OF_A_FORM = 3;
const MORE: { form: RegExp; trips: number; because: string }[] = [
  { form: /^(POST )?\/finance\/pay\/.*\b(checkout)\b/, trips: 4, because: "the provider opens its page between two writes (docs/decisions/011)" },
];

export const mostTrips = (form: string): number => MORE.find((exception) => exception.form.test(form))?.trips ?? OF_A_FORM;
