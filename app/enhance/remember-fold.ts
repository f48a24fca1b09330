/** A navigation that was folded away stays so on the next page. */
export function rememberFold(page: Document): void {
  const fold = page.querySelector<HTMLDetailsElement>("body > nav details");
  fold?.addEventListener("toggle", () => {
    page.cookie = `fold=${fold.open ? "; Max-Age=0" : "1; Max-Age=31536000"}; Path=/; SameSite=Lax`;
  });
}
