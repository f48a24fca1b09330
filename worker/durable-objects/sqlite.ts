/** The rows of a statement in an object's own SQLite. */
export const all = <T>({ sql }: DurableObjectStorage, query: string, ...values: SqlStorageValue[]) => sql.exec(query, ...values).toArray() as T[];
export const one = <T>(storage: DurableObjectStorage, query: string, ...values: SqlStorageValue[]): T | undefined => all<T>(storage, query, ...values)[0];
