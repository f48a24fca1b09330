type PachcaPost = { token: string; channelId: number; content: string };

/** What came of a post. `later`: not now, and not before so many milliseconds; `no`: never like this. `status` null: it could not be reached. */
type PachcaAnswer = { taken: true } | { taken: false; again: "later"; afterMs: number; status: number | null } | { taken: false; again: "no"; status: number };

/** Port: posts into a school's Pachca channel. */
export type Pachca = { post(post: PachcaPost): Promise<PachcaAnswer> };
