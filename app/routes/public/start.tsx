import { redirect, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { findActor } from "#app/domain/identity/find-actor.server.ts";

export async function loader({ context }: LoaderFunctionArgs) {
  return redirect((await findActor(context)) ? "/home" : "/sign-in");
}

export default function Start() {
  return null;
}
