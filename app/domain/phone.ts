import * as z from "zod";

/** Kenyan mobile numbers as people write them: 0712…, 712…, 254712…, and the same with 01…/1…. */
const KENYAN = /^(?:0|254)?([71]\d{8})$/;
/** Other countries only as E.164: `+` (or `00`), then 8 to 15 figures. */
const INTERNATIONAL = /^[1-9]\d{7,14}$/;

/** A number as it is stored, `+254…`; null for what is no number that can be rung. */
export function normalisePhone(text: string): string | null {
  const bare = text.replace(/[\s().\-\u2010-\u2015/]/g, "");
  const abroad = /^(?:\+|00)(\d+)$/.exec(bare)?.[1];
  const kenyan = KENYAN.exec(abroad ?? bare)?.[1];
  if (kenyan && (abroad === undefined || abroad.startsWith("254"))) return `+254${kenyan}`;
  return abroad !== undefined && INTERNATIONAL.test(abroad) && !abroad.startsWith("254") ? `+${abroad}` : null;
}

export const Phone = z.string("phone_missing").max(40, "too_long").transform((text, issue) => {
  const phone = normalisePhone(text);
  if (phone === null) issue.addIssue({ code: "custom", message: "phone_unusable" });
  return phone ?? z.NEVER;
}).meta({ description: "07…, 01…, 254… or +…; kept as +254…" });
