import type { Db } from "#db/client.ts";
import { selectTalkers, type Talker } from "#db/talkers.ts";

/** While much is said D1 is asked no more often than this; whoever lost the right meanwhile is turned away by their own inbox. */
const LIFE = 2_000;

/** Everybody with a place in the room, as D1 says it. */
export class RoomAudience {
  private readonly db: Db;
  private readonly conversationId: () => string;
  private asked: { at: number; talkers: Promise<Talker[]> } | undefined;

  constructor(db: Db, conversationId: () => string) {
    this.db = db;
    this.conversationId = conversationId;
  }

  talkers(): Promise<Talker[]> {
    const now = Date.now();
    if (!this.asked || now - this.asked.at >= LIFE) {
      const talkers = this.db.batch([selectTalkers(this.db, this.conversationId(), now)]).then(([found]) => found);
      const asked = (this.asked = { at: now, talkers });
      talkers.catch(() => {
        if (this.asked === asked) this.asked = undefined;
      });
    }
    return this.asked.talkers;
  }

  forget(): void {
    this.asked = undefined;
  }

  /** Their place, where they listen: one who has just opened a page is not in an older answer. */
  async listener(userId: string): Promise<Talker | undefined> {
    const found = (await this.talkers()).find((talker) => talker.userId === userId);
    if (found?.listens === 1) return found;
    this.forget();
    return (await this.talkers()).find((talker) => talker.userId === userId);
  }
}
