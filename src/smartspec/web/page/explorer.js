// Begins: reads from the address what is to be seen, has a view draw it, and tells the reader where they are.

import { announce, h, heading, label, reference, said, to } from "./build.js";
import { compare } from "./compare.js";
import { entity } from "./entity.js";
import { looked, placeText } from "./place.js";
import { problem } from "./problem.js";
import { region } from "./region.js";
import { home, list, search } from "./search.js";
import { choose, language, t } from "./words.js";

// A view takes the parameters of the address and gives a title, nodes that begin with a heading, what is announced, and
// what was opened, if that is not the whole.
const VIEWS = { "": home, search, list, entity, region, compare, place: placeText };
const DOORS = { search: "Search", region: "Regions", compare: "Compare", place: "Place a text" };

const main = document.getElementById("main");
const heights = new Map(); // How far each state was scrolled, for the way back.
let seen = null;
let asking = new AbortController();
let isFresh = true; // Whether a new state is opened, rather than an old one found again.

function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  return { view: path, parameters: new URLSearchParams(query ?? "") };
}

async function show() {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  const { view, parameters } = route();
  choose(parameters.get("language"));
  frame(view, parameters);
  main.setAttribute("aria-busy", "true");
  const late = setTimeout(() => announce(t("Loading …")), 400);
  let page;
  try {
    page = await (Object.hasOwn(VIEWS, view) ? VIEWS[view](parameters, signal) : nowhere());
    if (view === "region") looked(parameters.get("id"));
  } catch (error) {
    page = failure(error, view, parameters);
  } finally {
    clearTimeout(late);
  }
  if (signal.aborted) return; // Somebody went on meanwhile.
  main.replaceChildren(...page.nodes.flat(Infinity).filter(Boolean));
  main.setAttribute("aria-busy", "false");
  document.title = `${page.title} – smartspec`;
  announce(page.told ?? "");
  if (seen !== null) {
    const opened = isFresh && page.opened; // A part that was asked for, below what stood there before.
    (opened || main.querySelector("h1")).focus({ preventScroll: true });
    if (opened) opened.scrollIntoView();
    else scrollTo(0, isFresh ? 0 : (heights.get(location.hash) ?? 0));
  }
  seen = location.hash;
  isFresh = false;
}

function nowhere() {
  return { title: t("Not found"), nodes: [heading(t("Not found")),
    h("p", {}, t("This address leads nowhere.")), h("p", {}, h("a", { href: to("") }, t("To the start page")))] };
}

function failure(error, view, parameters) {
  if (error.name === "AbortError") return { title: "", nodes: [] }; // Not shown: another state is being drawn.
  if (error.status === undefined) console.error(error);
  const title = error.status === 404 ? t("Not found") : t("That did not work");
  const asked = parameters.get("in") ?? { region: "regions", compare: "strategies", place: parameters.has("strategy") ? "strategies" : "regions" }[view];
  const offer = (one) => (one.id ? reference(one.collection, one.id, one.name) : asked ? reference(asked, one) : said(one));
  const again = h("button", { type: "button", click: show }, t("Try again"));
  return { title, told: error.message, nodes: [heading(title), ...problem(error, offer),
    h("p", { class: "bar" }, error.status === 404 ? null : again, " ", h("a", { href: to("") }, t("To the start page")))] };
}

function frame(view, parameters) {
  document.documentElement.lang = language();
  document.getElementById("skip").textContent = t("Skip to the content");
  const switched = (code) => {
    const same = new URLSearchParams(parameters);
    same.set("language", code);
    return `#/${view}?${same}`;
  };
  const languages = Object.entries({ en: "English", it: "Italiano" }).map(([code, name]) =>
    h("a", { href: switched(code), lang: code, hreflang: code, "aria-current": code === language() && "true" }, name));
  document.getElementById("header").replaceChildren(
    h("a", { href: to(""), class: "brand" }, h("img", { src: "page/favicon.svg", alt: "", width: 28, height: 28 }), " smartspec"),
    h("nav", { "aria-label": t("Doors") }, Object.entries(DOORS).map(([name, words]) =>
      h("a", { href: to(name), "aria-current": name === view && "page" }, t(words)))),
    h("nav", { class: "languages", "aria-label": t("Language") }, languages));
  document.getElementById("footer").replaceChildren(signs(), h("p", {},
    t("Every fact bears its source; what no document states is marked as inferred or uncited."), " ",
    h("a", { href: "openapi.json" }, t("The API"))));
}

function signs() {
  const meanings = [
    [label("stated"), t("a document says it: its words stand beside")],
    [label("inferred"), t("we read it into the document: the reason stands beside")],
    [t("uncited"), t("no document is recorded for it: do not take it for stated")],
    [t("score"), t("from 0 to 1: how much two regions or areas have in common, by themes and NACE codes")],
    ["NACE", t("the EU’s classification of economic activities")],
  ];
  return h("details", {}, h("summary", {}, t("What the signs mean")),
    h("dl", { class: "fields" }, meanings.map(([sign, meaning]) => [h("dt", {}, sign), h("dd", {}, meaning)])));
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // The hash of the address is taken for the state.
  main.focus();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("a[href^='#/'], button, [role=option]")) isFresh = true;
});
document.addEventListener("submit", () => (isFresh = true));
addEventListener("scroll", () => heights.set(seen, scrollY), { passive: true });
addEventListener("hashchange", show);
show();
