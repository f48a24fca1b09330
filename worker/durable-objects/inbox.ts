import { DurableObject } from "cloudflare:workers";

/** One person's open pages: their sockets, and the live counters of what waits for them. */
export class Inbox extends DurableObject {
  /** Something of this person's has changed: rights, or what waits. */
  stir(): void {}
}
