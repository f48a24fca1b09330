/** Uncovers the button under each chart that puts an interactive one in the drawing's place. Its library is ten times this script: it comes when the reader asks. */
export function offerCloserLook(page: Document): void {
  const uncover = () => page.querySelectorAll<HTMLElement>("[data-closer]").forEach((button) => void (button.hidden = false));
  if (page.readyState === "loading") page.addEventListener("DOMContentLoaded", uncover);
  else uncover();
  page.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element && target.closest<HTMLElement>("[data-closer]");
    if (!button) return;
    button.ariaBusy = "true";
    // If anything fails, the drawing stays.
    await import("./draw-chart.ts").then(({ drawChart }) => drawChart(button.previousElementSibling!)).catch(() => undefined);
    button.remove();
  });
}
