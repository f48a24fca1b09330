import type { Article, Topic } from "../article.ts";
import { account } from "./account.ts";
import { family } from "./family.ts";
import { learning } from "./learning.ts";
import { money } from "./money.ts";
import { talking } from "./talking.ts";

/** Every article, by what it is about. */
export const articles: Record<Topic, Article[]> = { money, family, learning, account, talking };
