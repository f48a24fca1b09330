/** Stands in for `#build/styles.js` and `#build/enhance.js` in the browser, where both are on the page already. */
export const STYLE = "";
export const FIGURES = "";
export const ENHANCE_URL = "";
