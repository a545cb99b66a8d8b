// The start page, the results of a search, and a whole collection page by page.

import { ask, part } from "./api.js";
import { capital, downloads, go, h, heading, label, place, reference, said, to, whole } from "./build.js";
import { combobox } from "./combobox.js";
import { Known } from "./known.js";
import { t } from "./words.js";

const RESULTS = 25;
const FIRST = ["innovation_areas", "themes", "regions", "innovation_poles", "strategies"]; // What somebody looks for,
const LAST = ["indicators", "sources"]; // and what only backs it.
const PAGE = 50;

function field(value = "") {
  const opened = (item) => (location.hash = place(item.collection, item.id));
  const box = combobox({
    label: t("Search for a region, a subject, a cluster"), name: "q", value, hint: t("hydrogen, Piedmont, MESAP …"),
    chosen: opened, entered: (q) => q && go("search", { q }),
  });
  const button = h("button", { type: "submit" }, t("Search"));
  const submitted = (event) => {
    event.preventDefault();
    if (box.input.value.trim()) go("search", { q: box.input.value.trim() });
    else box.input.focus();
  };
  return h("form", { role: "search", class: "search", submit: submitted }, box.node, button);
}

export async function home(parameters, signal) {
  const about = await ask("", {}, signal);
  const doors = [
    ["region", t("Regions and partners"), t("What a region bets on, and which regions share its priorities.")],
    ["compare", t("Compare"), t("Two strategies side by side: what corresponds, and what only one has.")],
    ["place", t("Place a text"), t("Paste the summary of a project and see to which areas it belongs, and why.")],
  ];
  const nodes = [
    h("div", { class: "lead" },
      heading(t("Who bets on what, and which document says so")),
      h("p", {}, t("Regional innovation strategies: their priorities, clusters and objectives, each with its source.")),
      field()),
    h("ul", { class: "doors" }, doors.map(([view, name, words]) =>
      h("li", {}, h("h2", {}, h("a", { href: to(view) }, name)), h("p", {}, words)))),
    h("section", { class: "quietly" },
      h("h2", {}, t("What is recorded")),
      h("ul", { class: "counts" }, Object.entries(about.collections).filter(([, count]) => count).map(([name, count]) =>
        h("li", {}, h("a", { href: to("list", { in: name }) }, label(name)), " ", h("span", {}, count))))),
  ];
  return { title: t("Explorer"), nodes };
}

export async function search(parameters, signal) {
  const q = parameters.get("q") ?? "";
  const collection = parameters.get("in") ?? "";
  const limit = whole(parameters, "limit", RESULTS, 100);
  if (!q.trim()) return { title: t("Search"), nodes: [heading(t("Search")), field()] };
  const about = await ask("", {}, signal);
  const [answer, subjects] = await Promise.all([
    ask("/search", { q, limit, collection }, signal),
    collection ? { items: [] } : ask("/search", { q, limit: 3, collection: "themes" }, signal),
  ]);
  const themes = subjects.items.filter((item) => !item.guessed);
  const known = new Known(answer);
  const kinds = h("select", { id: "kinds", change: () => go("search", { q, in: kinds.value }) },
    h("option", { value: "" }, t("everything")),
    Object.keys(about.collections).map((name) => h("option", { value: name, selected: name === collection }, label(name))));
  const found = answer.items.length;
  const told = found ? t("Results: {0}", found) : t("Nothing is found.");
  const nodes = [
    heading(t("Search"), ": ", said(q)),
    field(q),
    h("p", { class: "bar" }, h("label", { for: "kinds" }, t("Search in")), " ", kinds, " ", h("span", {}, told)),
    themes.length > 0 && h("ul", { class: "subjects" }, themes.map((item) =>
      h("li", {}, h("a", { href: place("themes", item.id) }, said(t("{0} is a theme: who bets on it", item.name)))))),
    grouped(answer.items).map(([name, items]) => h("section", { class: "results" },
      h("h2", {}, capital(label(name)), " ", h("small", {}, items.length)),
      h("ol", {}, items.map((item) => result(item, known, about.year))))),
    found === 0 && h("p", {}, t("Try fewer or shorter words, in English or in the region’s language, or search in everything.")),
    found === limit && limit < 100 && h("p", {}, h("a", { href: to("search", { q, in: collection, limit: limit + RESULTS }) }, t("More results"))),
    found > 0 && downloads("search", answer),
  ];
  return { title: `${q} – ${t("Search")}`, nodes, told };
}

/** The results by kind: within one of the three ranks, the kind whose best fits best comes first. */
function grouped(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.collection, [...(groups.get(item.collection) ?? []), item]);
  const rank = ([name]) => (FIRST.includes(name) ? 0 : LAST.includes(name) ? 2 : 1);
  return [...groups].sort((one, other) => rank(one) - rank(other));
}

function result(item, known, year) {
  const record = known.record(item.collection, item.id);
  const force = known.force(item.collection, record, year);
  return h("li", {},
    h("h3", {}, reference(item.collection, item.id, item.name)),
    h("p", {}, force && [h("span", { class: "tag" }, force), " "], said(known.context(record))),
    h("p", { class: "small" }, t("found in {0}:", label(item.field)), " ", said(item.words.join(", ")),
      item.guessed && h("em", {}, " – ", t("the spelling is guessed"))));
}

export async function list(parameters, signal) {
  const collection = parameters.get("in") ?? "";
  const offset = whole(parameters, "offset", 0);
  const answer = await ask(`/${part(collection)}`, { limit: PAGE, offset }, signal);
  const known = new Known(answer);
  const last = offset + answer.items.length;
  const told = t("{0} to {1} of {2}", answer.items.length && offset + 1, last, answer.total);
  const title = capital(label(collection));
  const nodes = [
    heading(title),
    h("p", {}, told),
    h("ul", { class: "entries" }, answer.items.map((item) => h("li", {},
      reference(collection, item.id, item.name), " ",
      h("small", {}, said(known.context(item)))))),
    h("nav", { class: "pages", "aria-label": t("Pages") },
      offset > 0 && h("a", { href: to("list", { in: collection, offset: Math.max(offset - PAGE, 0) || "" }) }, t("Previous")),
      last < answer.total && h("a", { href: to("list", { in: collection, offset: last }) }, t("Next"))),
    downloads(collection, answer),
  ];
  return { title, nodes, told };
}
