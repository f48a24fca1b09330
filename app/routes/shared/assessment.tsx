import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { WrittenItemBody } from "#app/components/learning/written-pages.tsx";
import { actOnWrittenItem, loadWrittenItem } from "#app/http/written-pages.ts";

export const loader = (args: LoaderFunctionArgs) => loadWrittenItem("assessment", args.params.assessmentId, args);
export const action = (args: ActionFunctionArgs) => actOnWrittenItem("assessment", args.params.assessmentId, args);
export default WrittenItemBody;
