import { closeOutside } from "./close-outside.ts";
import { offerCloserLook } from "./look-closer.ts";
import { rememberFold } from "./remember-fold.ts";
import { showPending } from "./show-pending.ts";
import { showUpload } from "./show-upload.ts";

/** What a page is better with, where scripts run and the line is not metered. Every page works without. */
showUpload(document);
showPending(document);
closeOutside(document);
rememberFold(document);
offerCloserLook(document);

if (document.querySelector("[data-push]")) void import("./push.ts").then(({ offerPush }) => offerPush(document));
if (document.querySelector("[data-passkey]")) void import("./passkeys.ts").then(({ attach }) => attach(document));

// After the page itself: nobody waits for a live line.
const live = () => setTimeout(() => void import("./live/live.ts").then(({ goLive }) => goLive(document)), 500);
if (document.querySelector("nav[data-waiting]")) {
  if (document.readyState === "complete") live();
  else addEventListener("load", live);
}
