import { Hono } from "hono/tiny";
import { problem } from "../http/problem.ts";
import type { KinboardHono } from "../http/types.ts";
import { calendarDoor } from "./calendar-feeds.ts";
import { serve } from "./endpoint.ts";

/** Calendar programs are given an address outside the API. */
export const calendar = new Hono<KinboardHono>();
calendar.get("/:file", serve(calendarDoor));
calendar.all("*", () => problem(404, "not_found"));
