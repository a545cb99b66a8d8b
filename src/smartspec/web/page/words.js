// The words of the page in English and Italian. The English ones are the keys; what has no Italian stays English.

import { ITALIAN } from "./italian.js";

/** Fields whose English words are not simply their names. */
const ENGLISH = {
  "nace": "NACE", "nuts": "NUTS", "lau": "LAU", "iso 3166 2": "ISO 3166-2", "area km2": "surface in km²", "url": "address",
  "designation": "called in the document",
};

const LANGUAGES = ["en", "it"];
let current = "en";
let stated = "";

/** Takes the language that the address states, else the reader's own. */
export function choose(code) {
  stated = LANGUAGES.includes(code) ? code : "";
  current = stated || (navigator.language.startsWith("it") ? "it" : "en");
}

export const language = () => current;

/** The language that the address states, which links pass on; empty if it states none. */
export const own = () => stated;

/** A text of the page; `{0}` stands for the first of the values. */
export function t(text, ...values) {
  return phrase(text).replace(/\{(\d)\}/g, (_, place) => String(values[place]));
}

/** A word or name that may have an Italian one. */
export function phrase(text) {
  const words = current === "it" ? ITALIAN : ENGLISH;
  return Object.hasOwn(words, text) ? words[text] : text;
}
