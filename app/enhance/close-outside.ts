/** The header's list closes when one turns elsewhere. */
export function closeOutside(page: Document): void {
  const list = page.querySelector<HTMLDetailsElement>("header details");
  if (!list) return;
  page.addEventListener("click", ({ target }) => {
    if (!list.contains(target as Node)) list.open = false;
  });
  list.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !list.open) return;
    list.open = false;
    list.querySelector("summary")?.focus();
  });
}
