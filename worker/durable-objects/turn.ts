type Waiting<In, Out> = { given: In; done(out: Out): void; failed(error: unknown): void };

/** Gathers what comes in one turn of the event loop, to be done in one. */
export class Turn<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private readonly work: (given: In[]) => Out[];

  constructor(work: (given: In[]) => Out[]) {
    this.work = work;
  }

  add(given: In): Promise<Out> {
    return new Promise((done, failed) => {
      if (this.waiting.push({ given, done, failed }) === 1) setTimeout(() => this.take(), 0);
    });
  }

  private take(): void {
    const turn = this.waiting;
    this.waiting = [];
    try {
      const outs = this.work(turn.map(({ given }) => given));
      turn.forEach(({ done }, at) => done(outs[at]!));
    } catch (error) {
      for (const { failed } of turn) failed(error);
    }
  }
}
