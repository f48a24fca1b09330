/** The client id of what a program sends under an Idempotency-Key. */
export async function clientIdOf(idempotencyKey: string | null): Promise<string | undefined> {
  if (idempotencyKey === null) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(idempotencyKey));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
