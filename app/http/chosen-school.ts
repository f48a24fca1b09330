import type { Actor } from "../domain/actor.ts";
import { notFound } from "../domain/errors.ts";
import { administeredSchools, type AdministeredSchool } from "../domain/schools/rules.ts";
import { pageError } from "./forms.ts";
import { readCookie } from "./session.ts";

/**
 * The school that a page under /admin is about: the one its address names (`?school=`), elsewhere the one last looked at, else the first.
 * Throws the page of what is not found for a school that the reader does not run, and for who runs none.
 */
export function requireSchool(actor: Actor, request: Request): AdministeredSchool {
  const schools = administeredSchools(actor);
  const wanted = named(request);
  const remembered = readCookie(request, "school");
  const chosen = wanted === null ? (schools.find((school) => school.schoolId === remembered) ?? schools[0]) : schools.find((school) => school.schoolId === wanted);
  if (!chosen) throw pageError(notFound());
  return chosen;
}

/** The Set-Cookie line that remembers the school just chosen, if the reader runs it and it is news. */
export function rememberSchool(request: Request, actor: Actor): string | null {
  const school = named(request);
  const own = administeredSchools(actor).some((run) => run.schoolId === school);
  return own && school !== readCookie(request, "school") ? `school=${school}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000` : null;
}

function named(request: Request): string | null {
  const { pathname, searchParams } = new URL(request.url);
  return pathname === "/admin" || pathname.startsWith("/admin/") ? searchParams.get("school") : null;
}
