import { isoCBOR } from "@simplewebauthn/server/helpers";
import { base64urlOf, bytesOf } from "#app/domain/identity/base64url.ts";
import type { PasskeyInput, PasskeySignInInput } from "#app/domain/identity/inputs.ts";

/** What an honest authenticator does, and where a forger would bend it. */
export type Bent = {
  type?: string; challenge?: string; origin?: string; crossOrigin?: boolean; topOrigin?: string;
  rpId?: string; flags?: number; counter?: number;
  userHandle?: string | null; id?: string; rawId?: string; signWith?: CryptoKeyPair;
  /** Changes what is sent after it was signed. */
  after?: (sent: { clientDataJSON: Uint8Array; authenticatorData: Uint8Array; signature: Uint8Array }) => void;
};

export const FLAGS = { present: 0x01, verified: 0x04, mayBackUp: 0x08, backedUp: 0x10, attested: 0x40 };
const HONEST = FLAGS.present | FLAGS.verified | FLAGS.mayBackUp | FLAGS.backedUp;
const text = (value: string) => new TextEncoder().encode(value);
const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
const concat = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A passkey of P-256 in software, in the same workerd as the code that judges it. */
export class SoftPasskey {
  static async make(userId: string): Promise<SoftPasskey> {
    return new SoftPasskey(await newKeys(), base64urlOf(crypto.getRandomValues(new Uint8Array(32))), userId);
  }

  keys: CryptoKeyPair;
  id: string;
  userId: string;
  counter = 0;

  constructor(keys: CryptoKeyPair, id: string, userId: string) {
    this.keys = keys;
    this.id = id;
    this.userId = userId;
  }

  async attest(challengeId: string, challenge: string, name: string, bent: Bent = {}): Promise<PasskeyInput> {
    const jwk = (await crypto.subtle.exportKey("jwk", this.keys.publicKey)) as JsonWebKey;
    const cose = isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, bytesOf(jwk.x!)], [-3, bytesOf(jwk.y!)]]));
    const rawId = bytesOf(this.id);
    const authData = concat(await this.#data({ ...bent, flags: (bent.flags ?? HONEST) | FLAGS.attested }), new Uint8Array(16), Uint8Array.of(rawId.length >> 8, rawId.length & 255), rawId, cose);
    const attestationObject = isoCBOR.encode(new Map<string, string | Uint8Array | Map<string, string>>([["fmt", "none"], ["attStmt", new Map()], ["authData", authData]]));
    return {
      challengeId, name,
      credential: { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response: { clientDataJSON: base64urlOf(this.#client("webauthn.create", challenge, bent)), attestationObject: base64urlOf(attestationObject), transports: ["internal"] } },
    };
  }

  async assert(challengeId: string, challenge: string, bent: Bent = {}): Promise<PasskeySignInInput> {
    const clientDataJSON = this.#client("webauthn.get", challenge, bent);
    const authenticatorData = await this.#data(bent);
    const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, (bent.signWith ?? this.keys).privateKey, concat(authenticatorData, await sha256(clientDataJSON)));
    const sent = { clientDataJSON, authenticatorData, signature: derOf(new Uint8Array(raw)) };
    bent.after?.(sent);
    const userHandle = bent.userHandle === undefined ? base64urlOf(text(this.userId)) : bent.userHandle;
    return {
      challengeId,
      credential: {
        id: bent.id ?? this.id, rawId: bent.rawId ?? bent.id ?? this.id, type: "public-key", clientExtensionResults: {},
        response: { clientDataJSON: base64urlOf(sent.clientDataJSON), authenticatorData: base64urlOf(sent.authenticatorData), signature: base64urlOf(sent.signature), userHandle },
      },
    };
  }

  #client(type: string, challenge: string, bent: Bent): Uint8Array {
    return text(JSON.stringify({ type: bent.type ?? type, challenge: bent.challenge ?? challenge, origin: bent.origin ?? "http://localhost", crossOrigin: bent.crossOrigin ?? false, topOrigin: bent.topOrigin }));
  }

  async #data(bent: Bent): Promise<Uint8Array> {
    const counter = bent.counter ?? ++this.counter;
    return concat(await sha256(text(bent.rpId ?? "localhost")), Uint8Array.of(bent.flags ?? HONEST, counter >>> 24, (counter >>> 16) & 255, (counter >>> 8) & 255, counter & 255));
  }
}

export async function newKeys(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"])) as CryptoKeyPair;
}

/** WebCrypto signs as r|s; WebAuthn sends ASN.1. */
function derOf(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array) => {
    let at = 0;
    while (at < bytes.length - 1 && bytes[at] === 0) at++;
    const short = bytes.slice(at);
    const body = short[0]! & 0x80 ? concat(Uint8Array.of(0), short) : short;
    return concat(Uint8Array.of(2, body.length), body);
  };
  const body = concat(integer(raw.slice(0, 32)), integer(raw.slice(32)));
  return concat(Uint8Array.of(0x30, body.length), body);
}
