import type { PaymentProvider } from "#app/domain/payments/payment-provider.ts";
import type { Env } from "../../env.ts";

export function stripeProvider(_env: Env): PaymentProvider {
  return {} as PaymentProvider;
}
