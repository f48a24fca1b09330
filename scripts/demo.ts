export async function loadDemo(): Promise<void> {}

export function demoAccounts(): string {
  return "";
}
