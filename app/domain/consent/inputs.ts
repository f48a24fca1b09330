import * as z from "zod";
import { DATA_TYPES, RECIPIENTS, type Cell } from "./rules.ts";

const reason = z.string().trim().max(300, "too_long").transform((text) => text || null).nullable().default(null);
export const CellInput = z.object({ dataType: z.enum(DATA_TYPES, "not_a_choice"), recipient: z.enum(RECIPIENTS, "not_a_choice") }).meta({ id: "ConsentCell" });

/** Cells of one child's matrix, set alike. `until`: the instant from which a grant is none. */
export const SetConsentsInput = z.object({
  childId: z.string("missing").max(60, "too_long"),
  cells: z.array(CellInput, "missing").min(1, "missing").max(DATA_TYPES.length * RECIPIENTS.length, "too_long"),
  granted: z.boolean("missing"),
  until: z.iso.datetime({ offset: true, error: "wrong_form" }).transform((text) => Date.parse(text)).nullable().default(null),
  reason,
}).meta({ id: "SetConsents" });
export type SetConsentsInput = z.infer<typeof SetConsentsInput>;

/** The cells that a form means: one, a whole recipient, or a whole kind of data. */
export const cellsNamed = (recipient: string | undefined, dataType: string | undefined): Cell[] =>
  RECIPIENTS.filter((one) => recipient === undefined || one === recipient).flatMap((one) => DATA_TYPES.filter((kind) => dataType === undefined || kind === dataType).map((kind) => ({ dataType: kind, recipient: one })));
