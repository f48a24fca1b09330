/**
 * What somebody may open while they look through another's eyes: pages about the children, which ask only for what both may know. Whatever
 * is not named here (messages, sessions, cards, settings, pages not yet written) stays shut.
 */
const VIEWABLE = [/^\/home$/, /^\/more$/, /^\/family$/, /^\/children(\/[^/]+(\/(budget|account))?)?$/, /^\/approvals(\/[^/]+)?$/, /^\/shop(\/[^/]+)?$/, /^\/finance\/history$/, /^\/view-as$/];
/** The ways out, and to become somebody else altogether. */
const WAYS_OUT = /^\/(view-as|sign-out|sign-in)(\/|$)/;

const pathOf = (url: string) => new URL(url).pathname.replace(/\.data$/, "");
export const isSafe = (method: string) => ["GET", "HEAD", "OPTIONS"].includes(method);

export const isWayOut = (url: string): boolean => WAYS_OUT.test(pathOf(url));
export const isViewable = (request: Request): boolean => (isSafe(request.method) ? VIEWABLE.some((path) => path.test(pathOf(request.url))) : isWayOut(request.url));
