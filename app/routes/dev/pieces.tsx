import { data, type LoaderFunctionArgs } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { ChartPieces } from "../../components/dev/chart-pieces.tsx";
import { FormPieces } from "../../components/dev/form-pieces.tsx";
import { StatePieces } from "../../components/dev/state-pieces.tsx";
import { PageHeader } from "../../components/ui/page-header.tsx";

/** The one page of the shell that React also runs in the browser: it proves that this works. */
export const handle = { hydrate: true };

export function loader({ context }: LoaderFunctionArgs) {
  if (context.settings.environment === "production") throw data(null, 404);
  return { title: "Pieces", now: context.clock.now() };
}

/** Every piece in every state, to look at: in both themes, on a phone, at 400 %, without colours, on paper. */
export default function Pieces() {
  const { now } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader back={{ href: "/", label: "Start" }} title="Pieces" about="Every piece in every state" />
      <StatePieces now={now} />
      <FormPieces />
      <ChartPieces />
    </>
  );
}
