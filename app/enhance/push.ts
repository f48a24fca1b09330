/** Shows the button that asks the browser for its address at its push service; the address then goes by the page's own form. */
export function offerPush(page: Document): void {
  const button = page.querySelector<HTMLButtonElement>("button[data-push]");
  const said = page.querySelector<HTMLElement>("[data-push-said]");
  if (!button || !said || !("serviceWorker" in navigator) || !("PushManager" in globalThis)) return;
  button.hidden = false;
  said.textContent = "";
  button.addEventListener("click", async () => {
    button.ariaBusy = "true";
    try {
      await navigator.serviceWorker.register("/sw.js");
      const { pushManager } = await navigator.serviceWorker.ready;
      const { endpoint } = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: button.dataset.push! });
      page.querySelector<HTMLInputElement>("[data-push-endpoint]")!.value = endpoint;
      button.form!.submit();
    } catch {
      button.ariaBusy = null;
      said.textContent = button.dataset.failed!;
    }
  });
}
