import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";

/** OWASP's scrypt parameters: 16 MiB, about 140 ms here. Production refuses N*r*p above 2^20. */
const N = 2 ** 14, R = 8, P = 5, KEY_BYTES = 32;

const scrypted = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const derive = (secret: string, salt: Buffer) => scrypted(secret.normalize("NFKC"), salt, KEY_BYTES, { N, r: R, p: P, maxmem: 64 * 1024 * 1024 });

export async function hashPassword(secret: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${N}$${R}$${P}$${salt.toString("base64")}$${(await derive(secret, salt)).toString("base64")}`;
}

/** Takes the same work when there is no hash, so that an unknown account cannot be told from a wrong password. */
export async function verifyPassword(secret: string, hash: string | null): Promise<boolean> {
  const [, n, r, p, salt, key] = hash?.split("$") ?? [];
  const known = Number(n) === N && Number(r) === R && Number(p) === P && salt !== undefined && key !== undefined;
  const derived = await derive(secret, known ? Buffer.from(salt, "base64") : Buffer.alloc(16));
  return known && timingSafeEqual(derived, Buffer.from(key, "base64"));
}
