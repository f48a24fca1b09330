import type { LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { requireVisitor } from "#app/http/require-actor.ts";

export async function loader({ context, request }: LoaderFunctionArgs) {
  const actor = await requireVisitor(context, request);
  return { title: "Home", name: actor.name };
}

export default function Home() {
  const { name } = useLoaderData<typeof loader>();
  return <h1>{name}</h1>;
}
