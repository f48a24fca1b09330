import { redirect, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { notFound } from "#app/domain/errors.ts";
import { pageError } from "#app/http/forms.ts";

/** The stand-ins show their own page: nothing of them is in this Worker. */
export function loader({ context }: LoaderFunctionArgs) {
  if (context.settings.vendorsUrl === null) throw pageError(notFound());
  return redirect(`${context.settings.vendorsUrl}/control`);
}

export default function Vendors() {
  return null;
}
