import { RIGHT_NAMES, type Grant } from "#app/domain/families/presets.ts";
import type { Rights } from "#app/domain/actor.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

type Offer = { inviter: string; children: string[]; rights: Rights; contactAs: Grant["contactAs"]; joinsFamily: boolean; lentFrom: number | null; lentUntil: number | null };

/** What saying yes would mean, for both sides. */
export function OfferFacts({ inviter, children, rights, contactAs, joinsFamily, lentFrom, lentUntil }: Offer) {
  const { m: { families: m, kin }, f } = useLanguage();
  const may = RIGHT_NAMES.filter((right) => rights[right]).map((right) => m.rights[right]).join(", ");
  return (
    <>
      <p>{m.joinConsequence(children, joinsFamily)}</p>
      {children.length > 0 && <p>{m.joinRights}: {may || (contactAs ? kin.presetHints[contactAs] : m.noRights)}</p>}
      {lentUntil !== null && <p>{kin.forTime(lentFrom === null ? null : f.dateTime(lentFrom), f.until(lentUntil))}</p>}
      {!joinsFamily && <p>{kin.noFamily}</p>}
      <p>{kin.theySee(inviter)}</p>
    </>
  );
}
