/** Stands in for `#build/enhance.js` in the browser, where it is on the page already. */
export const ENHANCE_URL = "";
