/** Names that lead nowhere public. */
const NOT_PUBLIC = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|test|example|invalid|onion|arpa)$/;
const ADDRESS = /^[\d.]+$|^\[/;

/**
 * Where a browser's push service may be: https, the usual port, a public name. A server that calls whatever address it is given could be sent into its own house.
 * `standIn`: development's own, by http.
 */
export function isPushEndpoint(text: string, standIn: string | null): boolean {
  if (text.length > 1000 || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password, origin } = new URL(text);
  if (username || password) return false;
  if (standIn !== null && origin === standIn) return true;
  // The parser has made every spelling of an IPv4 address plain by now.
  return protocol === "https:" && port === "" && hostname.includes(".") && !ADDRESS.test(hostname) && !NOT_PUBLIC.test(hostname.replace(/\.$/, ""));
}
