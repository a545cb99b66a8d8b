// Says what went wrong, and what can be done about it.

import { h, said } from "./build.js";
import { t } from "./words.js";

/** The words of a Problem; `offer(one)` makes the button or link for what might have been meant, a name or an entity. */
export function problem(error, offer) {
  const { suggestions = [], candidates = [], problems = [] } = error;
  const meant = [...suggestions, ...candidates];
  return [
    candidates.length ? h("p", {}, t("Several bear that name; which one?")) : problems.length === 0 && h("p", {}, said(error.message)),
    problems.length > 0 && h("ul", {}, problems.map((one) => h("li", {}, said([one.message, one.hint].filter(Boolean).join(": "))))),
    meant.length > 0 && h("ul", { class: "offers" }, meant.map((one) =>
      h("li", {}, offer(one), one.difference && [" ", h("small", {}, said(one.difference))]))),
  ].filter(Boolean);
}
