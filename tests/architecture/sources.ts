import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/** Every file of the repository, as git sees it: tracked, or new and not ignored. */
export const trackedFiles = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"], { encoding: "utf8" })
  .split("\n").filter((file) => file !== "" && !isGone(file));

function isGone(file: string): boolean {
  try {
    readFileSync(file);
    return false;
  } catch {
    return true;
  }
}

export const sources = trackedFiles.filter((file) => /^(worker|app|db|tests|scripts)\/.*\.tsx?$/.test(file));

/** `from` needs `to`: a file of ours (`app/domain/money.ts`) or a package (`npm:zod`). A type-only edge is gone at run time. */
export type Edge = { from: string; to: string; typeOnly: boolean };

export const edges: Edge[] = sources.flatMap(edgesOf);

function edgesOf(from: string): Edge[] {
  const found: Edge[] = [];
  const add = (specifier: string, typeOnly: boolean) => found.push({ from, to: resolve(from, specifier), typeOnly });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add((node.moduleSpecifier as ts.StringLiteral).text, node.importClause?.isTypeOnly ?? false);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add((node.moduleSpecifier as ts.StringLiteral).text, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) add(node.arguments[0].text, false);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, readFileSync(from, "utf8"), ts.ScriptTarget.Latest, false));
  return found;
}

function resolve(from: string, specifier: string): string {
  if (specifier.startsWith(".")) return normalize(join(dirname(from), specifier));
  if (/^#(worker|app|db|tests|scripts|build)\//.test(specifier)) return specifier.slice(1);
  return `npm:${specifier}`;
}
