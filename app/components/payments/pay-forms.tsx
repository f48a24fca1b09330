import { Button } from "#app/components/ui/button.tsx";
import { CheckField } from "#app/components/ui/field.tsx";
import type { PaymentStatus } from "#app/domain/payments/rules.ts";
import type { Refusal } from "#app/http/forms.ts";
import { useLanguage } from "#app/i18n/use-messages.ts";

/** What the guardian can do about a payment that is not made: pay now, or after a failure try anew. */
export function PayForms({ status, requestId, amount, currency, refusal }: { status: PaymentStatus; requestId: string; amount: number; currency: string; refusal: Refusal | undefined }) {
  const { m: { payments: m }, f } = useLanguage();
  const price = f.money({ amount, currency });
  const about = <input type="hidden" name="requestId" value={requestId} />;
  if (status === "pending") {
    return <form method="post">{about}<p>{m.payNowEffect(price)}</p><Button name="with" value="checkout">{m.payNow}</Button></form>;
  }
  if (status !== "failed") return null;
  return (
    <form method="post">
      {about}
      <p>{m.tryAgainEffect(price)}</p>
      {refusal?.reason === "over_limit" && <CheckField name="allowOverLimit" label={m.allowOverLimit} />}
      <p>
        <Button name="with" value="checkout">{m.payNow}</Button> <Button weight="quiet" name="with" value="card">{m.tryCard}</Button>
      </p>
    </form>
  );
}
