import { index, route, type RouteConfig } from "@remix-run/route-config";

/** The site map. Paths are canonical: they stand in bookmarks, mails and notifications. */
export default [
  index("routes/public/start.tsx"),
  route("sign-in", "routes/auth/sign-in.tsx"),
  route("home", "routes/shared/home.tsx"),
] satisfies RouteConfig;
