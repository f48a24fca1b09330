/** How far something has come, in words first; the native element draws it. More is better here: a `Meter` is for what must not run out. */
export function ProgressMeter({ label, text, value, max = 100 }: { label: string; text: string; value: number; max?: number }) {
  return (
    <div className="meter">
      <p>{label} <span className="money">{text}</span></p>
      <progress aria-label={label} max={max || 1} value={Math.max(0, Math.min(value, max))}>{text}</progress>
    </div>
  );
}
