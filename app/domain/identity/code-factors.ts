export type CodeChannel = "sms" | "email";
export const CODE_CHANNELS: CodeChannel[] = ["sms", "email"];

/** An address as far as its owner needs it to know which one it is. */
export function masked(channel: CodeChannel, address: string): string {
  if (channel === "sms") return `${address.slice(0, 4)} … ${address.slice(-2)}`;
  const at = address.lastIndexOf("@");
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}
