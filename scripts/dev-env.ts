/** Where the app is on this machine. */
export const PORT = Number(process.env.PORT ?? 8787);

/** The development environment: every name in it is on this machine, and every secret is worth nothing elsewhere. */
export function devVariables(ports: { app: number; vendors: number }): Record<string, string> {
  return {
    KINBOARD_ENV: "development",
    ORIGIN: `http://localhost:${ports.app}`,
    STRIPE_SECRET_KEY: "sk_test_development",
    STRIPE_WEBHOOK_SECRET: "whsec_development",
    STRIPE_API_URL: `http://127.0.0.1:${ports.vendors}`,
    STRIPE_CHECKOUT_URL: `http://127.0.0.1:${ports.vendors}`,
    PACHCA_API_URL: `http://127.0.0.1:${ports.vendors}`,
    PASSWORD_RANGE_URL: `http://127.0.0.1:${ports.vendors}`,
    HELP_EMAIL: "help@kinboard.test",
    VAULT_KEY: "ZGV2ZWxvcG1lbnQtb25seS12YXVsdC1rZXktMzJieXQ=",
    PUSH_KEY: '{"kty":"EC","crv":"P-256","x":"Vk57ZI21NnFwZTFlfjaivwQTZ2hNh6hK72HF53qIRNo","y":"mMU1VQHo2HRqPiemix4GjbMH3aUjnQc4SGo_DEGoxJg","d":"XctdmJ54hL0Yixb1FirqCUACzd7CrrHwJDRKEycaa8g"}',
  };
}
