import type { ConsentMatrix } from "#app/domain/consent/consent-page.server.ts";
import { Button } from "#app/components/ui/button.tsx";
import { Card, Cards } from "#app/components/ui/card.tsx";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** Grants that one guardian proposed and a second must agree to. */
export function ProposalList({ page }: { page: ConsentMatrix }) {
  const { m: { consent: m }, f } = useLanguage();
  if (page.proposals.length === 0) return null;
  return (
    <>
      <h2>{m.proposals}</h2>
      <Cards>{page.proposals.map((one) => (
        <Card key={one.id} title={m.proposed(one.proposer, m.dataTypes[one.dataType], m.recipients[one.recipient])}>
          <p>{[one.until !== null && m.until(f.until(one.until)), one.reason && m.reasonWas(one.reason)].filter(Boolean).join(" ")} {m.answerBy(f.until(one.expiresAt))}</p>
          {page.maySet && (
            <form method="post">
              <input type="hidden" name="proposalId" value={one.id} />
              {one.mine ? <Button weight="quiet" name="act" value="withdrawn">{m.withdraw}</Button> : <><Button name="act" value="agreed">{m.agree}</Button><Button weight="quiet" name="act" value="declined">{m.decline}</Button></>}
            </form>
          )}
        </Card>
      ))}</Cards>
    </>
  );
}
