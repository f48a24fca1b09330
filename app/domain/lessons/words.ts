import { messagesFor } from "../../i18n/catalogue.ts";

/** What a calendar program shows is said in its owner's language. */
export const calendarWords = (locale: string) => messagesFor(locale).calendars;
