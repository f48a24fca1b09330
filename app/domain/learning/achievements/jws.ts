import { bytesOf, base64urlOf } from "../../identity/base64url.ts";

/** What every verifier of Open Badges 3.0 must know; other algorithms narrow who can verify. */
const RS256 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export async function makeKeyPair(): Promise<{ publicJwk: JsonWebKey; privateJwk: JsonWebKey }> {
  const pair = (await crypto.subtle.generateKey({ ...RS256, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }, true, ["sign", "verify"])) as CryptoKeyPair;
  const { kty, n, e } = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey;
  return { publicJwk: { kty: kty!, n: n!, e: e!, alg: "RS256", use: "sig" }, privateJwk: (await crypto.subtle.exportKey("jwk", pair.privateKey)) as JsonWebKey };
}

/** A compact JWS; `kid` leads to the public key. */
export async function sign(claims: object, privateJwk: JsonWebKey, kid: string): Promise<string> {
  const key = await crypto.subtle.importKey("jwk", privateJwk, RS256, false, ["sign"]);
  const signed = `${base64urlOf(text({ alg: "RS256", kid, typ: "JWT" }))}.${base64urlOf(text(claims))}`;
  return `${signed}.${base64urlOf(new Uint8Array(await crypto.subtle.sign(RS256, key, new TextEncoder().encode(signed))))}`;
}

type Parsed = { header: { alg?: string; kid?: string }; claims: unknown; signed: Uint8Array<ArrayBuffer>; signature: Uint8Array<ArrayBuffer> };

function parse(jws: string): Parsed | null {
  const [header, claims, signature, ...more] = jws.split(".");
  if (!header || !claims || !signature || more.length > 0) return null;
  const read = (part: string) => JSON.parse(new TextDecoder().decode(bytesOf(part))) as unknown;
  try {
    return { header: read(header) as Parsed["header"], claims: read(claims), signed: new TextEncoder().encode(`${header}.${claims}`), signature: bytesOf(signature) };
  } catch {
    return null;
  }
}

/** What was signed, if one of these keys (by its `kid`) signed it; else null. */
export async function verify(jws: string, keys: ReadonlyMap<string, JsonWebKey>): Promise<unknown> {
  const parsed = parse(jws);
  const jwk = parsed?.header.alg === "RS256" ? keys.get(parsed.header.kid ?? "") : undefined;
  if (!parsed || !jwk) return null;
  const key = await crypto.subtle.importKey("jwk", jwk, RS256, false, ["verify"]);
  return (await crypto.subtle.verify(RS256, key, parsed.signature, parsed.signed)) ? parsed.claims : null;
}
