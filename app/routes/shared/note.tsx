import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/cloudflare";
import { WrittenItemBody } from "#app/components/learning/written-pages.tsx";
import { actOnWrittenItem, loadWrittenItem } from "#app/http/written-pages.ts";

export const loader = (args: LoaderFunctionArgs) => loadWrittenItem("note", args.params.noteId, args);
export const action = (args: ActionFunctionArgs) => actOnWrittenItem("note", args.params.noteId, args);
export default WrittenItemBody;
