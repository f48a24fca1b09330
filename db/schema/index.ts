export * from "./identity.ts";
export * from "./families.ts";
export * from "./schools.ts";
export * from "./budgets.ts";
export * from "./purchases.ts";
export * from "./payments.ts";
export * from "./notifications.ts";
export * from "./operation.ts";
