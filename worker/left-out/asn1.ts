/**
 * Stands in for the ASN.1 libraries under `@simplewebauthn/server`: 260 KB that read attestation certificates, of which we ask none.
 * What remains of ASN.1 in a passkey's signature is two integers, read here by strict DER; anything else throws, which refuses the
 * ceremony. The forged passkeys in the tests pass through this file.
 */

/** An ECDSA-Sig-Value: SEQUENCE { r INTEGER, s INTEGER }. */
export class ECDSASigValue {
  readonly r: ArrayBuffer;
  readonly s: ArrayBuffer;
  constructor(r: Uint8Array, s: Uint8Array) {
    this.r = r.slice().buffer;
    this.s = s.slice().buffer;
  }
}

export const AsnParser = {
  parse(bytes: BufferSource, schema: unknown): ECDSASigValue {
    if (schema !== ECDSASigValue) throw new Error("only signatures are read here");
    const der = ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);
    const sequence = element(der, 0, 0x30);
    if (sequence.end !== der.length) throw new Error("signature: something follows it");
    const r = element(der, sequence.start, 0x02);
    const s = element(der, r.end, 0x02);
    if (s.end !== sequence.end) throw new Error("signature: not two integers");
    return new ECDSASigValue(integer(der, r), integer(der, s));
  },
};

type Element = { start: number; end: number };

/** The element at an offset. No signature of ours is longer than 255 bytes. */
function element(der: Uint8Array, at: number, tag: number): Element {
  const [first, second] = [der[at + 1], der[at + 2]];
  const long = first === 0x81 && second !== undefined && second >= 0x80;
  const length = long ? second : first;
  const start = at + (long ? 3 : 2);
  if (der[at] !== tag || length === undefined || (!long && length >= 0x80) || start + length > der.length) throw new Error("signature: not DER");
  return { start, end: start + length };
}

/** A positive integer in its shortest form. */
function integer(der: Uint8Array, { start, end }: Element): Uint8Array {
  const [first, second] = [der[start], der[start + 1]];
  if (first === undefined || end === start || first >= 0x80 || (first === 0 && end - start > 1 && second! < 0x80)) throw new Error("signature: not a positive integer");
  return der.subarray(start, end);
}
