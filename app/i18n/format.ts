import { digitsOf } from "../domain/currencies.ts";
import type { Money } from "../domain/money.ts";

export type Formatter = {
  money(money: Money): string;
  /** The figures alone, where the currency stands beside them. */
  plainMoney(money: Money): string;
  number(value: number): string;
  /** Of a file: "120 KB", "1.4 MB". */
  size(bytes: number): string;
  /** "Tuesday 24 November, 16:00" */
  dateTime(instant: number): string;
  /** The end of a time: midnight is said as the last minute of the day before, or readers take it for a day later. */
  until(instant: number): string;
  /** "16:00" */
  time(instant: number): string;
  /** "Tuesday 24 November" */
  day(instant: number): string;
  /** "24 November 2026" for an instant or a local date. */
  date(when: number | string): string;
  /** "24 Nov" */
  shortDate(when: number | string): string;
};

const MEGABYTE = 1_048_576;

const made = new Map<string, Formatter>();

/** Intl formatters cost more to make than a page to render: made once for each language and zone. */
export function formatterFor(locale: string, timeZone: string): Formatter {
  const key = `${locale}|${timeZone}`;
  let formatter = made.get(key);
  if (!formatter) made.set(key, (formatter = make(locale === "en" ? "en-GB" : locale, timeZone)));
  return formatter;
}

function make(locale: string, timeZone: string): Formatter {
  const number = new Intl.NumberFormat(locale);
  const amounts = new Map<string, Intl.NumberFormat>();
  const amountIn = (places: number) => {
    const found = amounts.get(String(places)) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places });
    amounts.set(String(places), found);
    return found;
  };
  const full = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hour12: false, timeZone });
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone });
  const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone });
  const short = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone });
  const localDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const localShort = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const plainMoney = ({ amount, currency }: Money) => {
    const places = digitsOf(currency) ?? 2;
    const unit = 10 ** places;
    // Whole amounts are said without cents.
    return amountIn(amount % unit === 0 ? 0 : places).format(amount / unit);
  };
  const dateTime = (instant: number) => full.format(instant).replace(" at ", ", ");
  return {
    money: (money) => `${money.currency}\u00a0${plainMoney(money)}`,
    plainMoney,
    number: (value) => number.format(value),
    size: (bytes) => (bytes < MEGABYTE ? `${number.format(Math.max(1, Math.round(bytes / 1024)))}\u00a0KB` : `${number.format(Math.round((bytes * 10) / MEGABYTE) / 10)}\u00a0MB`),
    dateTime,
    until: (instant) => dateTime(clock.format(instant) === "00:00" ? instant - 60_000 : instant),
    time: (instant) => clock.format(instant),
    day: (instant) => weekday.format(instant),
    date: (when) => (typeof when === "number" ? day.format(when) : localDay.format(new Date(when))),
    shortDate: (when) => (typeof when === "number" ? short.format(when) : localShort.format(new Date(when))),
  };
}
