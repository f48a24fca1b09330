/** An address that breaks where it may, not within a word. */
export function Email({ address }: { address: string }) {
  const at = address.lastIndexOf("@");
  return <>{address.slice(0, at + 1)}<wbr />{address.slice(at + 1)}</>;
}
