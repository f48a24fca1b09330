import { closeOutside } from "./close-outside.ts";
import { rememberFold } from "./remember-fold.ts";
import { showPending } from "./show-pending.ts";

const TURNS = ["pointerenter", "touchstart", "focusin"];

/** What a page is better with, where scripts run and the line is not metered. Every page works without. */
showPending(document);
closeOutside(document);
rememberFold(document);

// The library is ten times this script: it comes when the reader first turns to a chart.
for (const drawing of document.querySelectorAll("[data-chart]")) {
  const figure = drawing.closest("figure")!;
  const upgrade = async () => {
    for (const turn of TURNS) figure.removeEventListener(turn, upgrade);
    // If anything fails, the drawing stays.
    await import("./draw-chart.ts").then(({ drawChart }) => drawChart(drawing)).catch(() => undefined);
  };
  for (const turn of TURNS) figure.addEventListener(turn, upgrade, { passive: true });
}

if (document.querySelector("[data-passkey]")) void import("./passkeys.ts").then(({ attach }) => attach(document));
