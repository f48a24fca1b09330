/** How many wait, in a figure; readers hear of what. */
export function Badge({ count, of }: { count: number; of: string }) {
  return <span className="badge">{count > 99 ? "99+" : count}<span className="for-readers">{` ${of}`}</span></span>;
}
