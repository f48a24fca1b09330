/** Port: seals small secrets that we must be able to read again (a TOTP secret) under the server's key. */
export type Vault = {
  seal(plain: string): Promise<string>;
  /** Throws when the text was not sealed by this key. */
  open(sealed: string): Promise<string>;
  /** A digest under the server's key, for secrets too short to withstand guessing from a copy of the database. */
  digest(text: string): Promise<string>;
};
