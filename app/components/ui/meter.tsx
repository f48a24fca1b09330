/** How much of a limit is used, in words first; the native meter draws it. */
export function Meter({ label, text, value, max }: { label: string; text: string; value: number; max: number }) {
  const used = Math.min(value, max);
  return (
    <div className="meter">
      <p>{label} <span className="money">{text}</span></p>
      <meter aria-label={label} min={0} max={max || 1} value={used} high={max * 0.8} optimum={0}>{text}</meter>
    </div>
  );
}
