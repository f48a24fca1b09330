import { budgets, budgetsProblems } from "./budgets.ts";
import { families, familiesProblems } from "./families.ts";
import { identity, identityProblems } from "./identity.ts";
import { notifications, notificationsProblems } from "./notifications.ts";
import { payments, paymentsProblems } from "./payments.ts";
import { problems } from "./problems.ts";
import { purchases, purchasesProblems } from "./purchases.ts";
import { shell } from "./shell.ts";

export const en = {
  budgets,
  families,
  identity,
  notifications,
  payments,
  purchases,
  shell,
  problems: { ...problems, ...identityProblems, ...familiesProblems, ...budgetsProblems, ...purchasesProblems, ...paymentsProblems, ...notificationsProblems },
};
