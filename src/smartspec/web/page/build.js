// Builds what is seen. Every text becomes a text node: nothing that the data or a reader say is ever taken for markup.

import { own, phrase, t } from "./words.js";

/** An element; attributes that are functions listen to events, children that are null or false are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A text of the data, kept apart: a name in another direction must not turn what stands around it. */
export const said = (text, lang) => h("bdi", { lang }, text ?? "");

/** Where a state of the page stands in the address. */
export function to(view, parameters = {}) {
  const given = Object.entries({ ...parameters, language: own() });
  const query = new URLSearchParams(given.filter(([, value]) => value !== undefined && value !== null && value !== ""));
  return `#/${view}${query.size ? `?${query}` : ""}`;
}

/** Goes to a state of the page, as a link would. */
export function go(view, parameters) {
  const target = to(view, parameters);
  if (target === location.hash) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = target;
}

/** Where an entity is shown: a region with its strategies, anything else as a card. */
export function place(collection, id) {
  return collection === "regions" ? to("region", { id }) : to("entity", { in: collection, id });
}

export const reference = (collection, id, name) => h("a", { href: place(collection, id) }, said(name ?? id));

/** An address on the web as a link, if it is one: anything else (javascript:, data:) stays a text. */
export function external(url, text = url) {
  if (!/^https?:\/\//i.test(url ?? "") || !URL.canParse(url)) return said(text);
  return h("a", { href: url, rel: "noopener noreferrer", class: "external" }, said(text));
}

/** The word for a collection, a field or a value. */
export const label = (name) => phrase(String(name).replace(/[_-]/g, " "));

export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** The word for one of a collection: "strategies" is a "strategy". */
export const kind = (collection) => label(collection.replace(/ies$/, "y").replace(/s$/, ""));

/** A whole number that the address states, within bounds: anybody may have written it. */
export function whole(parameters, name, otherwise, most = Infinity) {
  const number = Number(parameters.get(name));
  return Number.isInteger(number) && number > 0 ? Math.min(number, most) : otherwise;
}

export const heading = (text, ...more) => h("h1", { tabindex: "-1" }, said(text), ...more);

/** A table that turns into cards on a narrow screen; the roles say that it stays a table. */
export function table(caption, columns, rows) {
  const head = columns.map((column) => h("th", { role: "columnheader", scope: "col" }, column));
  const body = rows.map((cells) =>
    h("tr", { role: "row" }, cells.map((cell, index) => h("td", { role: "cell", "data-label": columns[index] }, h("div", {}, cell)))),
  );
  return h("table", { role: "table" },
    h("caption", {}, caption),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
    h("tbody", { role: "rowgroup" }, body),
  );
}

/** A long list: the first, and a button that shows the rest. */
export function shortened(items, most = 12) {
  const list = h("ul", { class: "plain" }, items.slice(0, most).map((item) => h("li", {}, item)));
  if (items.length <= most) return list;
  const more = h("button", { type: "button", class: "quiet", click: () => {
    const rest = items.slice(most).map((item) => h("li", {}, item));
    list.append(...rest);
    more.remove();
    rest[0].querySelector("a, button")?.focus(); // The button had the focus and is gone.
  } }, t("Show all {0}", items.length));
  return [list, more];
}

/** How close two things are, as a bar and as a number. */
export const score = (value) =>
  h("span", { class: "score" }, h("meter", { min: 0, max: 1, value, "aria-label": t("score") }), value.toFixed(2));

/** What is shown, to be saved: `path` is where the API gives it, as JSON or, in the language of the page, as CSV. */
export function downloads(name, answer, table = answer.address) {
  const csv = `${table}${table.includes("?") ? "&" : "?"}format=csv`;
  return h("p", { class: "downloads" }, t("Save what is shown:"), " ",
    h("a", { href: csv, download: `${name}.csv` }, "CSV"),
    h("a", { href: answer.address, download: `${name}.json` }, "JSON"),
    h("a", { href: answer.address }, t("Open it in the API")));
}

/** Tells who listens, without moving them. */
export function announce(text) {
  document.getElementById("announcer").textContent = text;
}
