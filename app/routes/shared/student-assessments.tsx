import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { WrittenListBody } from "#app/components/learning/written-pages.tsx";
import { actOnWrittenList, loadWrittenList } from "#app/http/written-pages.ts";

export const loader = (args: LoaderFunctionArgs) => loadWrittenList("assessment", args);
export const action = (args: ActionFunctionArgs) => actOnWrittenList("assessment", args);
export default WrittenListBody;
