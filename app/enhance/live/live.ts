import { liveBadges } from "./badges.ts";
import { openLine, type Line } from "./line.ts";
import { liveRoom } from "./room.ts";

/** What changes while one looks: the badges of every page, the messages of a room. */
export function goLive(page: Document): void {
  const list = page.querySelector<HTMLElement>("ol[data-room]");
  const form = page.querySelector<HTMLInputElement>('form input[name="clientId"]')?.form ?? null;
  const line: Line = openLine([liveBadges(page), ...(list ? [liveRoom(list, form, () => line)] : [])]);
}
