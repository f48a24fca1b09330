import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { problem } from "./problem.ts";

const MEGABYTE = 1024 * 1024;
const LARGEST_BODY = MEGABYTE;
/** A picture with the form round it. */
const WITH_PICTURE = 9 * MEGABYTE;
/** A school's file, somewhat more than it may weigh, so that one that weighs too much is refused in words on its page. */
const WITH_ROSTER = 6 * MEGABYTE;
/** Work with its files: what one form may bring, with the form round it. */
const WITH_FILES = 26 * MEGABYTE;
const LEARNING = /^\/(?:api\/v1\/files|api\/v1\/conversations\/[^/]+\/attachments|materials\/|assignments\/|submissions\/|messages\/)/;
const ROSTER = /^\/(?:api\/v1\/)?admin\/(?:imports?|family-imports)$/;
const PICTURE_PAGE = "/settings/profile";

const limit = (maxSize: number) => bodyLimit({ maxSize, onError: () => problem(413, "too_large", { detail: `At most ${maxSize / MEGABYTE} MB can be sent.` }) });
const [usual, picture, roster, files] = [limit(LARGEST_BODY), limit(WITH_PICTURE), limit(WITH_ROSTER), limit(WITH_FILES)];

/** Refuses what is too large by its length, or as soon as too much has come: nothing is kept whole first. */
export const guardBody = createMiddleware(async (c, next) => {
  const { path } = c.req;
  // A page says so itself, at its field: it gets word in place of the file.
  const length = Number(c.req.header("Content-Length"));
  if (path === PICTURE_PAGE && length > WITH_PICTURE) c.req.raw = wordOf(c.req.raw, "picture-too-large");
  if (LEARNING.test(path) && !path.startsWith("/api/") && length > WITH_FILES) c.req.raw = wordOf(c.req.raw, "files-too-large");
  if (LEARNING.test(path)) return files(c, next);
  return (path === PICTURE_PAGE || path === "/api/v1/me/avatar" ? picture : ROSTER.test(path) ? roster : usual)(c, next);
});

function wordOf({ url, method, headers }: Request, act: string): Request {
  const said = new Headers(headers);
  said.delete("Content-Length");
  said.set("Content-Type", "application/x-www-form-urlencoded");
  return new Request(url, { method, headers: said, body: `act=${act}` });
}
