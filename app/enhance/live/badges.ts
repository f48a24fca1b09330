import { countersFromWire, type Counters } from "../../domain/chat/protocol.ts";
import type { Ear } from "./line.ts";

/** The figures of the navigation, as they change. `data-count` names what waits behind a place; the words for readers are the navigation's. */
export function liveBadges(page: Document): Ear {
  const draw = (counters: Counters) => {
    for (const place of page.querySelectorAll<HTMLElement>("[data-count]")) {
      const waiting = place.dataset.count!.split(" ").reduce((sum, name) => sum + (counters[name as keyof Counters] ?? 0), 0);
      const badge = place.querySelector(".badge");
      if (waiting === 0) badge?.remove();
      else if (badge) badge.firstChild!.textContent = shown(waiting);
      else {
        const readers = Object.assign(page.createElement("span"), { className: "for-readers", textContent: ` ${page.querySelector<HTMLElement>("nav[data-waiting]")!.dataset.waiting}` });
        const made = Object.assign(page.createElement("span"), { className: "badge", textContent: shown(waiting) });
        made.appendChild(readers);
        place.appendChild(page.createTextNode(" "));
        place.appendChild(made);
      }
    }
  };
  return { hear: (frame) => (frame[0] === "hi" ? draw(countersFromWire(frame[2])) : frame[0] === "count" ? draw(countersFromWire(frame[1])) : undefined) };
}

const shown = (count: number) => (count > 99 ? "99+" : String(count));
