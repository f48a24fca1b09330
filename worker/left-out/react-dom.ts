/** Stands in for `react-dom` in the Worker: the router imports it, but calls it in browsers only. 130 KB less. */
export const flushSync = undefined;
export default {};
