import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { WrittenItemBody } from "#app/components/learning/written-pages.tsx";
import { actOnWrittenItem, loadWrittenItem } from "#app/http/written-pages.ts";

export const loader = (args: LoaderFunctionArgs) => loadWrittenItem("observation", args.params.observationId, args);
export const action = (args: ActionFunctionArgs) => actOnWrittenItem("observation", args.params.observationId, args);
export default WrittenItemBody;
