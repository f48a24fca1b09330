/** A path on this site to go on to, or the fallback: never another host (`//evil`, `/\evil`, `https:`). */
export function localPath(wanted: string | null | undefined, fallback: string): string {
  if (!wanted?.startsWith("/") || /^\/[/\\]/.test(wanted) || /[\u0000-\u001f]/.test(wanted)) return fallback;
  const base = "http://local.invalid";
  const url = URL.parse(wanted, base);
  return url?.origin === base ? url.pathname + url.search : fallback;
}
