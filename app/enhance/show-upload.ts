/** Worth watching: less is through before one looks. */
const MUCH = 200_000;

/** A form with files says how far it is sent. Sent by script only to be watched: where it is not simply done, it goes once more as the plain form that it is. */
export function showUpload(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.enctype !== "multipart/form-data" || form.ariaBusy) return;
    const data = new FormData(form, event.submitter);
    const size = [...data.values()].reduce((sum, value) => sum + (typeof value === "string" ? 0 : value.size), 0);
    if (size < MUCH) return;
    event.preventDefault();
    form.ariaBusy = "true";
    const bar = page.createElement("progress");
    bar.ariaLabel = event.submitter?.textContent ?? "";
    form.appendChild(bar);
    const plainly = () => {
      const { name, value } = (event.submitter ?? {}) as Partial<HTMLButtonElement>;
      if (name) form.appendChild(Object.assign(page.createElement("input"), { type: "hidden", name, value: value ?? "" }));
      form.submit();
    };
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.onprogress = ({ loaded, total }) => Object.assign(bar, { max: total, value: loaded });
    request.onload = () => (request.status < 300 ? location.assign(request.responseURL) : plainly());
    request.onerror = plainly;
    request.send(data);
  });
  // Back from another page, as it was left.
  addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[aria-busy]")) {
      form.removeAttribute("aria-busy");
      form.querySelector(":scope > progress")?.remove();
    }
  });
}
