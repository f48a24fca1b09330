import { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, startAuthentication, startRegistration, type PublicKeyCredentialCreationOptionsJSON, type PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";

type Offer = { challengeId: string; options: unknown };

/** Shows the buttons that need WebAuthn. What the browser signs goes into hidden fields, and the form goes its ordinary way. */
export function attach(root: Document): void {
  if (!browserSupportsWebAuthn()) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", () => void sign(button, false));
    if (button.dataset.passkey === "registration") button.form?.addEventListener("submit", (event) => { event.preventDefault(); void sign(button, false); });
    // Not after a refusal: an authenticator that answers by itself would try for ever.
    if (button.dataset.passkey === "sign-in" && !root.querySelector('[role="alert"]')) void browserSupportsWebAuthnAutofill().then((can) => { if (can) void sign(button, true); });
  }
}

async function sign(button: HTMLButtonElement, fromAutofill: boolean): Promise<void> {
  const { form, dataset: { passkey: act, failed } } = button;
  const said = form?.querySelector<HTMLElement>("[data-passkey-said]");
  try {
    const answer = await fetch(`/api/v1/auth/passkeys/${act}-options`, { method: "POST" });
    if (!answer.ok) throw new Error(String(answer.status));
    const { challengeId, options } = (await answer.json()) as Offer;
    const credential = act === "registration"
      ? await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON })
      : await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON, useBrowserAutofill: fromAutofill });
    fill(form, "challenge", challengeId);
    fill(form, "credential", JSON.stringify(credential));
    form?.submit();
  } catch {
    // A person who closes the browser's dialogue knows it; who chose no passkey from the list asked for nothing.
    if (said && !fromAutofill) said.textContent = failed ?? "";
  }
}

function fill(form: HTMLFormElement | null, part: "challenge" | "credential", value: string): void {
  const input = form?.querySelector<HTMLInputElement>(`input[data-passkey-part="${part}"]`);
  if (input) input.value = value;
}
