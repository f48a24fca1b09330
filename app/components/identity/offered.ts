/** What a family can choose at sign-up: the places it is used in first. */
const CURRENCIES = ["KES", "UGX", "TZS", "RWF", "ETB", "ZMW", "MZN", "ZAR", "NGN", "GHS", "AOA", "BRL", "USD", "EUR", "GBP", "RUB"];
const TIME_ZONES = ["Africa/Nairobi", "Africa/Kampala", "Africa/Dar_es_Salaam", "Africa/Kigali", "Africa/Addis_Ababa", "Africa/Lusaka", "Africa/Maputo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Accra", "Africa/Luanda", "America/Sao_Paulo", "Europe/London", "Europe/Lisbon", "Europe/Berlin", "Europe/Moscow", "UTC"];

export function currencyOptions(locale: string) {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  return CURRENCIES.map((value) => ({ value, label: `${value} (${names.of(value)})` }));
}

export const timeZoneOptions = TIME_ZONES.map((value) => ({ value, label: value.replace(/_/g, " ") }));
