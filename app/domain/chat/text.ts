/** Line ends as one sign, and none of the signs that nobody sees but that steer a terminal or a page. */
const plain = (text: string) => text.toWellFormed().replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
/** Spaces, and what only looks like nothing: marks of direction, joiners, fillers. */
const NOTHING = /^[\s\p{Z}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]*$/u;

/** What somebody says as it is kept; empty where there is nothing to see. Never markup: it is shown as it was typed, isolated from what stands around it. */
export function saidText(typed: string): string {
  const text = plain(typed);
  return NOTHING.test(text) ? "" : text.trimEnd();
}
