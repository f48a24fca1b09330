/** The pressed button says that it is at work, and a second press sends nothing. */
export function showPending(page: Document): void {
  const sent = new Set<HTMLFormElement>();
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    event.submitter?.setAttribute("aria-busy", "true");
  });
  // Back from another page, as it was left: the form can be sent again.
  addEventListener("pageshow", () => {
    sent.clear();
    for (const button of page.querySelectorAll("form [aria-busy]")) button.removeAttribute("aria-busy");
  });
}
