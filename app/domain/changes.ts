/** The fields of which something was said. */
export const saidOf = <T extends object>(fields: T) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/** What was said that is not so already. */
export const changesOf = <Row extends object>(before: Row, asked: Partial<Record<keyof Row, unknown>>): Partial<Row> =>
  Object.fromEntries(Object.entries(saidOf(asked)).filter(([field, value]) => value !== before[field as keyof Row])) as Partial<Row>;

/** What stood there before a change, for the audit log. */
export const replacedBy = <Row extends object>(change: Partial<Row>, before: Row) => Object.fromEntries(Object.keys(change).map((field) => [field, before[field as keyof Row]]));
