// Two strategies side by side.

import { ask, part } from "./api.js";
import { downloads, go, h, heading, label, reference, said, score, table } from "./build.js";
import { chooser } from "./chooser.js";
import { Known } from "./known.js";
import { t } from "./words.js";

export async function compare(parameters, signal) {
  const ids = ["first", "second"].map((name) => parameters.get(name));
  const both = ids.every(Boolean);
  const answer = both ? await ask("/compare", { first: ids[0], second: ids[1] }, signal) : null;
  const given = answer ? plans(answer) : await Promise.all(
    ids.map(async (id) => (id ? (await ask(`/strategies/${part(id)}`, {}, signal)).record : null)));
  const choices = [t("First strategy"), t("Second strategy")].map((words, index) =>
    titled({ label: words, collection: "strategies", hint: t("a region or a year"), item: given[index] }));
  const asked = async (event) => {
    event.preventDefault();
    const first = await choices[0].settle();
    const second = first && (await choices[1].settle());
    if (second) go("compare", { first: first.id, second: second.id });
  };
  const swap = both && h("button", { type: "button", class: "quiet", click: () => go("compare", { first: ids[1], second: ids[0] }) }, t("Swap"));
  const form = h("form", { class: "pair", submit: asked }, choices.map((choice) => choice.node),
    h("p", { class: "bar" }, h("button", { type: "submit" }, t("Compare")), " ", swap));
  if (!answer) {
    const words = t("Choose two strategies to see which of their areas correspond, and what only one of them has.");
    return { title: t("Compare"), nodes: [heading(t("Compare two strategies")), h("p", {}, words), form] };
  }
  return { title: `${given[0].name} – ${given[1].name}`, nodes: [heading(t("Compare two strategies")), form, ...result(answer)] };
}

/** A chooser with the whole title below it: that of a strategy is often longer than the field. */
function titled(options) {
  const title = h("small", {}, said(options.item?.name));
  const choice = chooser({ ...options, chosen: (item) => title.replaceChildren(said(item.name)) });
  choice.node.addEventListener("input", () => title.replaceChildren()); // What is typed is not chosen yet.
  choice.node.append(title);
  return choice;
}

const plans = (answer) => [answer.first, answer.second].map((id) => new Known(answer).record("strategies", id));

function result(answer) {
  const known = new Known(answer);
  const { items } = answer;
  const [first, second] = plans(answer);
  const columns = [first.name, t("relation"), second.name, ...(answer.aligned ? [t("basis")] : []), t("shared themes"), t("shared NACE codes")];
  const pairs = items.filter((item) => item.first && item.second);
  const only = (side, other) => items.filter((item) => item[side] && !item[other]);
  const rows = pairs.map((item) => [
    reference("innovation_areas", item.first, item.first_name),
    item.alignment ? reference("alignments", item.alignment, label(item.relation)) : [t("similar"), " ", score(item.score)],
    reference("innovation_areas", item.second, item.second_name),
    ...(answer.aligned ? [h("span", { class: `basis ${item.basis ?? "uncited"}` }, label(item.basis ?? "uncited"))] : []),
    known.themes(item.themes), item.nace.join(" "),
  ]);
  const isWhole = first.complete && second.complete; // Else what one lacks may only not be recorded.
  const alone = (title, side, other) => {
    const areas = only(side, other);
    return h("section", {}, h("h3", {}, isWhole ? t("Only in {0}", title) : t("Recorded only in {0}", title)), areas.length
      ? h("ul", {}, areas.map((item) => h("li", {}, reference("innovation_areas", item[side], item[`${side}_name`]))))
      : h("p", {}, t("nothing")));
  };
  return [
    h("section", {},
      h("h2", {}, t("What corresponds"), ` (${pairs.length})`),
      h("p", {}, answer.aligned
        ? t("These pairs are recorded as alignments: each says how the two areas relate, and whether a source states it or we infer it.")
        : t("No document compares the two; they are paired by theme.")),
      !answer.aligned && pairs.length > 0 && h("p", { class: "small" },
        t("“Similar” runs from 0 to 1: how much of the themes and NACE codes of both areas they have in common. 1 means all that is recorded, not that the areas are the same.")),
      pairs.length > 0 && table(t("Areas that correspond"), columns, rows)),
    [first, second].filter((plan) => !plan.complete).map((plan) => h("p", { class: "small limits" }, plan.complete === false
      ? t("{0}: not all of its areas are recorded.", plan.name)
      : t("{0}: it is not known whether all of its areas are recorded.", plan.name))),
    h("div", { class: "columns" }, alone(first.name, "first", "second"), alone(second.name, "second", "first")),
    answer.shared_nace.length > 0 && h("p", {}, t("NACE codes that both have:"), " ", said(answer.shared_nace.join(" "))),
    downloads("comparison", answer),
  ];
}
