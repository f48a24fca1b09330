import { Secret, TOTP } from "otpauth";
import { bytesOf } from "./base64url.ts";

const PERIOD_SECONDS = 30;

const totpOf = (secret: string, label = "") => new TOTP({ issuer: "Kinboard", label, secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_SECONDS });

/** The time step whose code this is, one before or after the present one at most; null for a wrong code. */
export function stepOfCode(secret: string, code: string, now: number): number | null {
  const totp = totpOf(secret);
  const delta = /^\d{6}$/.test(code) ? totp.validate({ token: code, timestamp: now, window: 1 }) : null;
  return delta === null ? null : totp.counter({ timestamp: now }) + delta;
}

export const codeAt = (secret: string, now: number) => totpOf(secret).generate({ timestamp: now });

/** 160 of the given random bits, in base32. */
export const newTotpSecret = (random: string) => new Secret({ buffer: bytesOf(random).slice(0, 20).buffer }).base32;

/** What an authenticator app reads from the QR code. */
export const totpUri = (secret: string, label: string) => totpOf(secret, label).toString();
