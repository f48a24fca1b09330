import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { WrittenListBody } from "#app/components/learning/written-pages.tsx";
import { actOnWrittenList, loadWrittenList } from "#app/http/written-pages.ts";

export const loader = (args: LoaderFunctionArgs) => loadWrittenList("note", args);
export const action = (args: ActionFunctionArgs) => actOnWrittenList("note", args);
export default WrittenListBody;
