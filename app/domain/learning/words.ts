import { messagesFor } from "../../i18n/catalogue.ts";

/** That the clocks skip this time, and which is the nearest that they show. */
export function timeSkipped(locale: string, nearest: string): string {
  const [date = "", time = ""] = nearest.split("T");
  return messagesFor(locale).learningWork.timeSkipped(date, time);
}
