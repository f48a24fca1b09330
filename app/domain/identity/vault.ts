/** Port: seals small secrets that we must be able to read again (a TOTP secret) under the server's key. */
export type Vault = {
  seal(plain: string): Promise<string>;
  /** Throws when the text was not sealed by this key. */
  open(sealed: string): Promise<string>;
};
