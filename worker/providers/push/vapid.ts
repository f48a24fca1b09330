/** A private P-256 key as JWK. */
type VapidKey = { kty: "EC"; crv: "P-256"; x: string; y: string; d: string };

const base64url = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const bytesOf = (text: string) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const encode = (value: object) => base64url(new TextEncoder().encode(JSON.stringify(value)));

/** As browsers and push services take it: the uncompressed point. */
export const vapidPublicKey = ({ x, y }: VapidKey): string => base64url(Uint8Array.of(4, ...bytesOf(x), ...bytesOf(y)));

/** Who sends, for one push service and half a day (RFC 8292). */
export async function signVapid(key: VapidKey, claims: { aud: string; exp: number; sub: string }): Promise<string> {
  const signer = await crypto.subtle.importKey("jwk", key, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const signed = `${encode({ typ: "JWT", alg: "ES256" })}.${encode(claims)}`;
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer, new TextEncoder().encode(signed));
  return `${signed}.${base64url(new Uint8Array(signature))}`;
}
