import { Tag } from "#app/components/ui/tag.tsx";
import { RIGHT_NAMES, type Grant, type Preset } from "#app/domain/families/presets.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Standing = Grant & { preset: Preset | null; isPrimary: boolean; isKeptAway: boolean; comes: boolean; startsAt: number; endsAt: number | null; lenderName: string | null };

/** What a guardian is and may, in a line or two. */
export function StandingOfGuardian({ of }: { of: Standing }) {
  const { m: { families: m, kin }, f } = useLanguage();
  const dates = [...(of.comes ? [kin.from(f.dateTime(of.startsAt))] : []), ...(of.endsAt === null ? [] : [kin.until(f.until(of.endsAt))]), ...(of.lenderName === null ? [] : [kin.lentBy(of.lenderName)])];
  const rights = RIGHT_NAMES.filter((right) => of[right]).map((right) => m.rights[right].toLowerCase()).join(", ");
  return (
    <>
      <p className="hint">{of.preset ? kin.presets[of.preset] : kin.ownChoice}{rights && `: ${rights}`}</p>
      {dates.length > 0 && <p className="hint">{dates.join(", ")}</p>}
      {(of.isPrimary || of.isKeptAway || of.comes) && <p>{of.isPrimary && <Tag tone="done">{m.primary}</Tag>} {of.isKeptAway && <Tag tone="refused">{m.keptAway}</Tag>} {of.comes && <Tag tone="waiting">{kin.comes}</Tag>}</p>}
    </>
  );
}
