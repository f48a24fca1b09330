/** What an object has to do by and by, woken by its alarm; a change may hurry it. */
export type Duty = {
  /** Does what is due. Safe to call at any time. */
  work(): Promise<void>;
  /** When it must be called next; null: nothing waits. */
  due(): number | null;
};

/** One alarm for all duties of an object. */
export class Alarm {
  private readonly storage: DurableObjectStorage;
  private readonly duties: Duty[];
  /** Undefined: not known, the object has just woken. */
  private set: number | null | undefined;

  constructor(storage: DurableObjectStorage, duties: Duty[]) {
    this.storage = storage;
    this.duties = duties;
  }

  async ring(): Promise<void> {
    this.set = null;
    for (const duty of this.duties) await duty.work().catch((error: unknown) => console.log(JSON.stringify({ event: "duty.failed", error: String(error) })));
    this.arrange();
  }

  /** To be called after each change: earlier where something is due earlier, later only when it rings. */
  arrange(): void {
    const due = this.duties.map((duty) => duty.due()).filter((at) => at !== null);
    if (due.length === 0) {
      if (this.set !== null) void this.storage.deleteAlarm();
      this.set = null;
    } else if (this.set === undefined || this.set === null || Math.min(...due) < this.set) {
      this.set = Math.min(...due);
      void this.storage.setAlarm(this.set);
    }
  }
}
