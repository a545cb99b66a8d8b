// Asks the API of the same origin, and turns whatever goes wrong into a Problem that a reader can act on.

import { language, t } from "./words.js";

export class Problem extends Error {
  constructor(status, answer) {
    super(answer.detail);
    this.status = status;
    this.suggestions = answer.suggestions ?? [];
    this.candidates = answer.candidates ?? [];
    this.problems = answer.problems ?? [];
  }
}

/** The address of an answer; parameters without a value are left out. */
export function address(path, parameters = {}) {
  const given = Object.entries({ ...parameters, language: language() === "en" ? "" : language() });
  const query = new URLSearchParams(given.filter(([, value]) => value !== undefined && value !== null && value !== ""));
  return `api/v1${path}${query.size ? `?${query}` : ""}`;
}

/** A part of a path, whatever it holds. */
export const part = (text) => encodeURIComponent(text);

export const ask = (path, parameters, signal) => answered(address(path, parameters), { signal });

export function post(path, body, parameters, signal) {
  const headers = { "Content-Type": "application/json" };
  return answered(address(path, parameters), { method: "POST", headers, body: JSON.stringify(body), signal });
}

async function answered(url, options) {
  let response;
  try {
    response = await fetch(url, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { detail: t("The server does not answer. Is “smartspec serve” still running?") });
  }
  let answer;
  try {
    const isTable = response.headers.get("Content-Type")?.startsWith("text/csv");
    answer = await (isTable ? response.blob() : response.json()); // As a text it would lose its mark for UTF-8.
  } catch (error) {
    if (error.name === "AbortError") throw error;
    answer = {};
  }
  // The address stands beside the answer, not in it: who saves the answer gets what came.
  if (response.ok) return Object.defineProperty(answer, "address", { value: url });
  const detail = typeof answer.detail === "string" ? answer.detail : t("The server answered with the error {0}.", response.status);
  throw new Problem(response.status, { ...answer, detail });
}
