/** What an object has to do by and by, woken by its alarm; a change may hurry it. */
export type Duty = {
  /** Does what is due. Safe to call at any time. */
  work(): Promise<void>;
  /** When it must be called next; null: nothing waits. */
  due(): number | null;
};

const SECOND = 1_000;
const LONGEST_PAUSE = 5 * 60 * SECOND;

/** One alarm for all duties of an object. A duty that fails is tried again after a pause that doubles each time. */
export class Alarm {
  private readonly storage: DurableObjectStorage;
  private readonly duties: Duty[];
  /** Undefined: not known, the object has just woken. */
  private set: number | null | undefined;
  private readonly failures = new Map<Duty, number>();

  constructor(storage: DurableObjectStorage, duties: Duty[]) {
    this.storage = storage;
    this.duties = duties;
  }

  async ring(): Promise<void> {
    this.set = null;
    for (const duty of this.duties) {
      const failure = await duty.work().then(() => null, String);
      this.failures.set(duty, failure === null ? 0 : this.failuresOf(duty) + 1);
      if (failure !== null) console.log(JSON.stringify({ event: "duty.failed", failures: this.failuresOf(duty), error: failure }));
    }
    this.arrange();
  }

  /** To be called after each change: earlier where something is due earlier, later only when it rings. */
  arrange(): void {
    const due = this.duties.map((duty) => this.dueOf(duty)).filter((at) => at !== null);
    if (due.length === 0) {
      if (this.set !== null) void this.storage.deleteAlarm();
      this.set = null;
    } else if (this.set === undefined || this.set === null || Math.min(...due) < this.set) {
      this.set = Math.min(...due);
      void this.storage.setAlarm(this.set);
    }
  }

  private dueOf(duty: Duty): number | null {
    const at = duty.due();
    const failures = this.failuresOf(duty);
    return at === null || failures === 0 ? at : Math.max(at, Date.now() + Math.min(SECOND * 2 ** failures, LONGEST_PAUSE));
  }

  private failuresOf(duty: Duty): number {
    return this.failures.get(duty) ?? 0;
  }
}
