/** How much of a limit is left, in words first; the native meter draws just that. */
export function Meter({ label, text, left, max }: { label: string; text: string; left: number; max: number }) {
  return (
    <div className="meter">
      <p>{label} <span className="money">{text}</span></p>
      <meter aria-label={label} min={0} max={max || 1} value={Math.min(left, max)} low={max * 0.2} optimum={max}>{text}</meter>
    </div>
  );
}
