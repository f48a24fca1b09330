import { data } from "@remix-run/cloudflare";

/** Whatever has no page: a route of its own, so that the frame round it still knows who is here. */
export function loader() {
  throw data({ code: "not_found" }, 404);
}

export default function NotFound() {
  return null;
}
