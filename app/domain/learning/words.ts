import { messagesFor } from "../../i18n/catalogue.ts";

/** That the clocks skip this time, and which is the nearest that they show. */
export function timeSkipped(locale: string, nearest: string): string {
  return messagesFor(locale).learningWork.timeSkipped(nearest.slice(0, 10), nearest.slice(11));
}
