/** Port: makes a small WebP of a picture, without what its camera wrote into it; null for what cannot be drawn. */
export type Pictures = {
  small(bytes: Uint8Array, size: { width: number } | { height: number }): Promise<Uint8Array | null>;
};
