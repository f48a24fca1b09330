/**
 * Stands in for the ASN.1 and certificate libraries under `@simplewebauthn/server`: 260 KB that read attestation certificates, of which
 * we ask none. What remains of ASN.1 in a passkey's signature is two integers, read here by strict DER; anything else throws, which
 * refuses the ceremony. The forged passkeys in the tests pass through this file.
 */
const certificates = class {
  constructor() {
    throw new Error("attestation certificates are not read here");
  }
};

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

export {
  certificates as AuthorityKeyIdentifierExtension, certificates as BasicConstraints, certificates as Certificate, certificates as CRLDistributionPointsExtension, certificates as ECParameters, certificates as ExtendedKeyUsage,
  certificates as KeyDescription, certificates as OctetString, certificates as RSAPublicKey, certificates as SubjectAlternativeName, certificates as SubjectKeyIdentifierExtension, certificates as X509Certificate,
  certificates as X509ChainBuilder, certificates as X509Crl,
};
export const id_ce_basicConstraints = "", id_ce_extKeyUsage = "", id_ce_keyDescription = "", id_ce_subjectAltName = "", id_ecdsaWithSHA256 = "", id_ecdsaWithSHA384 = "", id_ecdsaWithSHA512 = "", id_ecPublicKey = "", id_ml_dsa_44 = "",
  id_ml_dsa_65 = "", id_ml_dsa_87 = "", id_rsaEncryption = "", id_secp256r1 = "", id_secp384r1 = "", id_sha1WithRSAEncryption = "", id_sha256WithRSAEncryption = "", id_sha384WithRSAEncryption = "", id_sha512WithRSAEncryption = "";
