import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/", "build/", "dist/", "public/", "migrations/", ".wrangler/", ".cache/", "coverage/"] },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_", ignoreRestSiblings: true }],
      // Drizzle's builders are thenables that wait to be put in a batch; real promises may not hang loose.
      "@typescript-eslint/no-floating-promises": ["error", { checkThenables: false }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: false }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-imports": ["error", { paths: [{ name: "@remix-run/react", importNames: ["Form", "Link", "NavLink"], message: "Plain <form method=\"post\"> and <a>: a page works without a script, and costs half." }] }],
    },
  },
  {
    // What happens when, and by which id, is said by `ctx.clock` and `ctx.ids`.
    files: ["app/domain/**/*.ts"],
    rules: {
      "no-restricted-properties": ["error",
        { object: "Date", property: "now", message: "ctx.clock.now()" },
        { object: "Math", property: "random", message: "ctx.ids" },
        { object: "crypto", property: "randomUUID", message: "ctx.ids.make(prefix)" },
      ],
      "no-restricted-syntax": ["error", { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "ctx.clock.now()" }],
    },
  },
  {
    // A relative import would be bundled with the page, and once more with the Worker.
    files: ["app/routes/**/*.{ts,tsx}", "app/components/**/*.{ts,tsx}", "app/root.tsx"],
    rules: {
      "no-restricted-imports": ["error", {
        paths: [{ name: "@remix-run/react", importNames: ["Form", "Link", "NavLink"], message: "Plain <form method=\"post\"> and <a>: a page works without a script, and costs half." }],
        patterns: [{ regex: "^\\.\\.?/.*(domain|http|i18n)/", message: "Write #app/…: a relative import would be bundled twice." }],
      }],
    },
  },
);
