/** What reached console.error in this test. Apart from the setup file, which every test file runs anew, so that all see the same list. */
export const strayErrors: string[] = [];
