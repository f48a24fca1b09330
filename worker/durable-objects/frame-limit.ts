/** Frames that a socket may send at once, and how many more each second; how many too many make a flood. */
const [BURST, EACH_SECOND, FLOOD] = [100, 25, 400];

export type Pace = "fine" | "slow" | "flood";

/** How fast a socket may talk. Forgotten when the inbox sleeps, which it does only when nobody talks. */
export class FrameLimit {
  private left = BURST;
  private refused = 0;
  private at = Date.now();

  take(now = Date.now()): Pace {
    this.left = Math.min(BURST, this.left + ((now - this.at) / 1000) * EACH_SECOND);
    this.at = now;
    if (this.left >= 1) {
      if (this.left === BURST) this.refused = 0;
      this.left--;
      return "fine";
    }
    return ++this.refused > FLOOD ? "flood" : "slow";
  }
}
