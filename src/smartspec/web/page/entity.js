// The card of an entity: what it says, who refers to it, and the documents that say so.

import { address, ask, part } from "./api.js";
import { downloads, external, h, heading, kind, label, reference, said, score, shortened, table, to } from "./build.js";
import { Known } from "./known.js";
import { language, t } from "./words.js";

/** What stands in the head of a card, or is told apart. */
const APART = ["id", "name", "local_name", "local_language", "aliases", "description", "citations"];

export async function entity(parameters, signal) {
  const collection = parameters.get("in") ?? "";
  const answer = await ask(`/${part(collection)}/${part(parameters.get("id") ?? "")}`, { limit: 500 }, signal);
  const { record } = answer;
  const closest = collection === "innovation_areas" && parameters.get("closest") ? await nearest(record.id, signal) : null;
  const nodes = [
    heading(record.name),
    h("p", { class: "under" }, h("span", { class: "tag" }, kind(collection)), " ", localName(record)),
    ...body(answer, collection === "themes" && (await bettors(record, signal))),
    closest?.nodes ?? (collection === "innovation_areas" &&
      h("p", {}, h("a", { class: "button", href: to("entity", { in: collection, id: record.id, closest: 1 }) },
        t("Which areas of other regions come closest?")))),
    dataset(answer),
    saved(answer),
  ];
  return { title: `${record.name} – ${kind(collection)}`, nodes, told: closest?.told, opened: closest?.nodes[0] };
}

/** Whose strategies in force have an area of a theme. */
async function bettors(theme, signal) {
  const { year } = await ask("", {}, signal);
  const answer = await ask("/innovation_areas", { themes: theme.id, in_force: year, limit: 500 }, signal);
  if (!answer.total) return null;
  const known = new Known(answer);
  const named = answer.items.map((area) => {
    const region = known.record("strategies", area.strategy)?.region;
    return [known.name("regions", region), region, area];
  });
  named.sort(([one], [other]) => one.localeCompare(other, language()));
  return h("section", {},
    h("h2", {}, t("Who bets on it in {0}: {1} areas", year, answer.total)),
    shortened(named.map(([name, region, area]) =>
      [reference("regions", region, name), ": ", reference("innovation_areas", area.id, area.name)]), 20),
    downloads(`${theme.id}-areas`, answer));
}

/** What any card holds below its heading, a region's too; `first` comes before its fields. */
export function body(answer, first = null) {
  const { record } = answer;
  const sources = [...new Set((record.citations ?? []).map((citation) => citation.source))];
  return [
    record.description && h("p", { class: "description", lang: "en" }, said(record.description)),
    record.aliases?.length > 0 && h("p", { class: "small" }, t("also:"), " ", said(record.aliases.join("; "))),
    first,
    fields(answer, sources),
    referring(answer),
    answer.collection !== "sources" && cited(answer, sources), // A source is a document itself.
  ];
}

export function localName(record) {
  return record.local_name && record.local_name !== record.name && said(record.local_name, record.local_language);
}

function fields(answer, sources) {
  const { record } = answer;
  const told = Object.entries(record).filter(([name]) => !APART.includes(name));
  const isEmpty = (value) => value === null || value === "" || (Array.isArray(value) && !value.length);
  const silent = told.filter(([, value]) => isEmpty(value)).map(([name]) => label(name));
  const rows = told.filter(([, value]) => !isEmpty(value)).map(([name, value]) => [
    h("dt", {}, label(name)),
    h("dd", {}, shown(name, value, answer), record.citations?.length > 0 && notes(name, record.citations, sources)),
  ]);
  return [
    rows.length > 0 && h("dl", { class: "fields" }, rows.flat()),
    silent.length > 0 && h("p", { class: "small" }, t("Not stated:"), " ", silent.join(", ")),
  ];
}

/** A value in words; what it refers to is a link. */
function shown(name, value, answer) {
  const forward = (end) => answer.links.find((one) => one.direction === "forward" && one.relation === name && one.end === end);
  if (Array.isArray(value) && value.every((item) => /^[A-Z]?[\d.]*$/.test(item))) return said(value.join(" ")); // Codes.
  if (Array.isArray(value) && value.every((item) => forward(item)?.end_collection === "themes")) return new Known(answer).themes(value);
  if (Array.isArray(value)) return shortened(value.map((item) => shown(name, item, answer)), 8);
  if (value !== null && typeof value === "object") {
    const inner = Object.values(value).filter((item) => item !== null && item !== "");
    return inner.map((item, index) => [index > 0 && " – ", shown(name, item, answer)]);
  }
  const link = forward(value);
  if (link) return reference(link.end_collection, link.end, link.end_name);
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (typeof value === "string" && /^https?:/i.test(value)) return external(value);
  return said(typeof value === "number" ? String(value) : ENUMERATION.test(value) ? label(value) : value);
}

const ENUMERATION = /^[a-z]+(-[a-z]+)*$/;

/** The numbers of the sources that back a field, and whether it is read into them. */
function notes(name, citations, sources) {
  const backing = citations.filter((citation) => citation.supports.includes(name));
  if (!backing.length) return [" ", h("span", { class: "basis uncited", title: t("No document is recorded for this.") }, t("uncited"))];
  const numbers = [...new Set(backing.map((citation) => sources.indexOf(citation.source)))];
  return [
    backing.every((citation) => citation.basis === "inferred") && [" ", h("span", { class: "basis inferred" }, t("inferred"))],
    numbers.map((index) => [" ", h("button", {
      type: "button", class: "note", "aria-label": t("Source {0}", index + 1),
      click: () => document.getElementById(`source-${index + 1}`).focus(),
    }, index + 1)]),
  ];
}

function referring(answer) {
  const kinds = new Map();
  for (const link of answer.links.filter((one) => one.direction === "backward")) {
    const key = `${link.end_collection} ${link.relation}`;
    kinds.set(key, [...(kinds.get(key) ?? []), link]);
  }
  return kinds.size > 0 && h("section", {},
    h("h2", {}, t("What refers to it")),
    [...kinds.values()].map((links) => [
      h("h3", {}, t("{0} ({1}), by their “{2}”", label(links[0].end_collection), links.length, label(links[0].relation))),
      shortened(links.map((link) => reference(link.end_collection, link.end, link.end_name))),
    ]));
}

function cited(answer, sources) {
  const { record } = answer;
  const known = new Known(answer);
  if (!sources.length) {
    return h("section", {}, h("h2", {}, t("Sources")),
      h("p", {}, h("span", { class: "basis uncited" }, t("uncited")), " ", t("No document is recorded for this entry: do not take it for stated.")));
  }
  return h("section", {}, h("h2", {}, t("Sources")), h("ol", { class: "sources" }, sources.map((id, index) => {
    const source = known.record("sources", id) ?? {};
    return h("li", { id: `source-${index + 1}`, tabindex: "-1" },
      h("p", {}, said(source.publisher), source.publisher && ", ", external(source.url, source.title ?? id),
        source.published && ` (${source.published})`, " ",
        h("small", {}, source.accessed && [t("read on {0}", source.accessed), " · "], reference("sources", id, t("record")))),
      h("ul", { class: "passages" }, record.citations.filter((citation) => citation.source === id).map((citation) => h("li", {},
        h("q", {}, said(citation.passage, source.language)), " ",
        h("span", { class: `basis ${citation.basis}` }, label(citation.basis)), " ",
        h("small", {}, t("for {0}", citation.supports.map(label).join(", ") || t("its existence and name"))),
        citation.note && h("div", { class: "small", lang: "en" }, said(citation.note))))));
  })));
}

export function dataset(answer) {
  const { dataset: from } = answer;
  return from && h("p", { class: "small" },
    t("From the dataset “{0}”, version {1}, licence {2}.", from.name, from.version, from.licence ?? "–"));
}

/** A card as a table is the row of its collection. */
export function saved(answer) {
  const { collection, record } = answer;
  return downloads(record.id, answer, address(`/${part(collection)}`, { id: record.id }));
}

/** What comes closest to an area elsewhere. */
async function nearest(id, signal) {
  const answer = await ask(`/counterparts/${part(id)}`, { limit: 20 }, signal);
  const { items } = answer;
  const known = new Known(answer);
  const told = items.length ? t("Results: {0}", items.length) : answer.nothing ?? t("Nothing is found.");
  const title = h("h2", { tabindex: "-1" }, t("Closest areas of other regions"));
  if (!items.length) return { told, nodes: [title, h("p", {}, told)] };
  const isTied = items.length > 1 && items[0].score === items.at(-1).score;
  const rows = items.map((item) => [
    reference("innovation_areas", item.area, item.area_name), reference("regions", item.region, item.region_name),
    score(item.score), known.themes(item.themes), item.nace.join(" "),
  ]);
  return { told, nodes: [title,
    isTied && h("p", {}, t("All alike by theme and code: their order says nothing.")),
    table(t("By the themes and NACE codes that they share"),
      [t("area"), t("region"), t("score"), t("shared themes"), t("shared NACE codes")], rows),
    downloads(`${id}-counterparts`, answer)] };
}
