export type StoredFile = { body: ReadableStream<Uint8Array>; type: string; size: number };

/** Port: bytes by key. A key says whose they are: `avatars/user_…/…`, `imports/school_…/…`. */
export type Files = {
  put(key: string, bytes: ArrayBuffer | Uint8Array, type: string): Promise<void>;
  get(key: string): Promise<StoredFile | null>;
  /** What is not there is gone already. */
  remove(keys: string[]): Promise<void>;
};
