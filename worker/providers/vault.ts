import type { Vault } from "#app/domain/identity/vault.ts";

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** AES-256-GCM; the sealed text is `v1.<iv>.<ciphertext>`. Digests are HMAC-SHA-256 under a key derived from the same one. */
export function aesVault(keyBase64: string): Vault {
  let imported: Promise<CryptoKey> | undefined;
  let derived: Promise<CryptoKey> | undefined;
  const key = () => (imported ??= crypto.subtle.importKey("raw", bytesOf(keyBase64), "AES-GCM", false, ["encrypt", "decrypt"]));
  const digestKey = () => (derived ??= crypto.subtle.importKey("raw", bytesOf(keyBase64), "HKDF", false, ["deriveKey"]).then((master) =>
    crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("digest") }, master, { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"])));
  return {
    async digest(text) {
      return base64Of(new Uint8Array(await crypto.subtle.sign("HMAC", await digestKey(), new TextEncoder().encode(text))));
    },
    async seal(plain) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(plain));
      return `v1.${base64Of(iv)}.${base64Of(new Uint8Array(sealed))}`;
    },
    async open(text) {
      const [version, iv, sealed] = text.split(".");
      if (version !== "v1" || !iv || !sealed) throw new Error("not sealed by this vault");
      return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytesOf(iv) }, await key(), bytesOf(sealed)));
    },
  };
}
