// Places a text in the areas of a strategy, and marks in it the words that say so.

import { Problem, ask, part, post } from "./api.js";
import { announce, go, h, heading, label, reference, said } from "./build.js";
import { chooser } from "./chooser.js";
import { Known } from "./known.js";
import { problem } from "./problem.js";
import { t } from "./words.js";

const MARKS = 4; // So many areas have a mark of their own in the text.
let viewed = null; // The region that was looked at last, until the page is closed.
const ENOUGH = 2; // The least score with which an area is given, as in matching/matcher.py.

export async function placeText(parameters, signal) {
  const [text, nace] = ["text", "nace"].map((name) => parameters.get(name) ?? "");
  const about = await ask("", {}, signal);
  const plan = await strategy(parameters, about.year, signal);
  const codes = nace.split(/[\s,;]+/).filter(Boolean);
  const body = { text, strategy: plan?.id, nace: codes };
  const period = plan && (await outOfForce(plan, about.year, signal));
  let [answer, trouble] = [null, null];
  if (text.trim() || codes.length) {
    try {
      answer = await post("/match", body, {}, signal);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble = h("div", { class: "trouble", role: "alert" }, problem({ message: error.message, problems: error.problems })); // The text stays.
    }
  }
  const area = h("textarea", { id: "text", name: "text", rows: 7, dir: "auto", "aria-describedby": "text-hint" });
  area.value = text;
  const nacefield = h("input", { id: "nace", name: "nace", value: nace, autocomplete: "off", placeholder: "29.32, C30.3", "aria-describedby": "nace-hint" });
  const choice = chooser({ label: t("Strategy"), collection: "strategies", hint: t("a region or a year"), item: plan });
  const asked = async (event) => {
    event.preventDefault();
    const settled = await choice.settle();
    if (settled) go("place", { strategy: settled.id, nace: nacefield.value.trim(), text: area.value });
  };
  const form = h("form", { class: "placing", submit: asked },
    h("p", {}, h("label", { for: "text" }, t("Text")), area,
      h("small", { id: "text-hint" }, t("In English or Italian: a summary of a few sentences is best. It becomes part of this page’s address, so that the link can be sent; nothing is stored."), " ",
        t("Whoever has the link can read the text; your browser’s history keeps it."))),
    choice.node,
    h("p", {}, h("label", { for: "nace" }, t("NACE codes, if known")), nacefield,
      h("small", { id: "nace-hint" }, t("of NACE Rev. 2, parted by spaces or commas"))),
    h("p", {}, h("button", { type: "submit" }, t("Place the text"))));
  const nodes = [heading(t("Place a text")), !answer && !trouble && h("p", {}, t("Paste the summary of a project and see to which areas of a strategy it belongs, and which words say so.")),
    trouble, answer && result(answer, body, plan, period), form];
  return { title: t("Place a text"), nodes, told: answer && [among(plan), verdict(answer, new Known(answer), plan), period, unrecorded(answer, plan)].filter(Boolean).join(" ") };
}

/** Tells which region a reader looked at last: its strategy is offered. */
export function looked(region) {
  viewed = region ?? viewed;
}

/** The strategy asked for; else that in force of the region asked for or looked at last; else the first in force. */
async function strategy(parameters, year, signal) {
  const id = parameters.get("strategy");
  if (id) return (await ask(`/strategies/${part(id)}`, {}, signal)).record;
  const region = parameters.get("region") ?? viewed;
  const plans = region ? (await ask("/strategies", { of: `regions/${region}`, in_force: year, limit: 500 }, signal)).items : [];
  const own = plans.filter((plan) => plan.region === region || plan.territories.includes(region));
  const isSmart = (plan) => plan.kind === "smart-specialisation";
  for (const plan of [...own.filter(isSmart), ...own.filter((one) => !isSmart(one))]) {
    if ((await ask("/innovation_areas", { strategy: plan.id, limit: 0 }, signal)).total) return plan;
  }
  return (await ask("/strategies", { in_force: year, kind: "smart-specialisation", limit: 1 }, signal)).items[0] ?? null;
}

/** What is to be said of a strategy that is not in force; empty if it is. */
async function outOfForce(plan, year, signal) {
  if ((await ask("/strategies", { id: plan.id, in_force: year, limit: 0 }, signal)).total) return "";
  if (plan.end && Number(plan.end.slice(0, 4)) < year) return t("This strategy is no longer in force: it ended {0}.", plan.end);
  if (plan.start) return t("This strategy is not yet in force: it begins {0}.", plan.start);
  return t("It is not known whether this strategy is in force.");
}

const among = (plan) => t("Among the areas of {0}:", plan.name);

/** What limits a verdict that no area is given: areas of which nothing is recorded. */
function unrecorded(answer, plan) {
  if (answer.verdict === "area" || plan.complete) return "";
  return plan.complete === false ? t("Not all areas of this strategy are recorded.") : t("It is not known whether all areas of this strategy are recorded.");
}

function verdict(answer, known, plan) {
  const names = answer.areas.map((id) => named(answer, known, id)).join(t(" and "));
  if (answer.verdict === "area") return t("It belongs to {0}.", names);
  if (answer.verdict === "none") {
    if (!plan.complete) return answer.rival ? t("It belongs to none of the areas that are recorded: most speaks for another subject, {0}.", rival(answer, known)) : t("It belongs to none of the areas that are recorded.");
    return answer.rival ? t("It belongs to none of these areas: most speaks for another subject, {0}.", rival(answer, known)) : t("It belongs to none of these areas.");
  }
  return unclear(answer, known);
}

/** An area by its name, with its designation beside a namesake: a strategy may name the same ground twice. */
function named(answer, known, id) {
  const name = known.name("innovation_areas", id);
  const isShared = answer.items.filter((candidate) => candidate.area_name === name).length > 1;
  return isShared ? `${name} (${label(known.record("innovation_areas", id).designation)})` : name;
}

/** Why no area is given: one cause, the strongest. */
function unclear(answer, known) {
  const [first, second] = answer.items;
  if (!first && !answer.rival) return t("It is not clear: no word of it is known to speak for or against an area.");
  if (!first || first.score < ENOUGH) return t("It is not clear: too little speaks for any one area.");
  const name = (candidate) => named(answer, known, candidate.area);
  if (second && second.score >= answer.rival_score) return t("It lies between {0} and {1}.", name(first), name(second));
  return t("Most speaks for {0}, but much also for {1}, which is none of these areas.", name(first), rival(answer, known));
}

const rival = (answer, known) => (known.record("themes", answer.rival) ? known.name("themes", answer.rival) : label(answer.rival));

function result(answer, body, plan, period) {
  const known = new Known(answer);
  const isShown = answer.against.length > 0 && answer.verdict !== "area";
  const groups = answer.items.slice(0, MARKS).map((candidate, index) => ({
    sign: String(index + 1), style: `mark-${index + 1}`, name: known.name("innovation_areas", candidate.area), evidence: candidate.evidence }));
  if (isShown) groups.push({ sign: "×", style: "mark-rival", name: rival(answer, known), evidence: answer.against });
  const words = (evidence) => [...new Set(evidence.map((one) => (one.start === null ? `NACE ${one.text}` : one.text)))].join(", ");
  return h("section", { class: "verdict" },
    h("h2", {}, h("span", { class: "small" }, among(plan)), h("br"), verdict(answer, known, plan)),
    [period, unrecorded(answer, plan)].filter(Boolean).map((words) => h("p", { class: "limits" }, words)),
    h("blockquote", { class: "marked", dir: "auto" }, marked(body.text, groups)),
    h("ol", { class: "candidates" }, answer.items.map((candidate, index) => h("li", { class: answer.areas.includes(candidate.area) && "given" },
      h("p", {}, index < MARKS && [h("span", { class: `sign mark-${index + 1}`, "aria-hidden": "true" }, index + 1), " "],
        known.link("innovation_areas", candidate.area), answer.areas.includes(candidate.area) && [" ", h("span", { class: "tag" }, t("it belongs here"))]),
      h("p", { class: "small" }, t("weight {0}:", candidate.score.toFixed(1)), " ", said(words(candidate.evidence)))))),
    isShown && h("p", {}, h("span", { class: "sign mark-rival", "aria-hidden": "true" }, "×"), " ",
      t("For {0}, which is none of these areas, speak (weight {1}):", rival(answer, known), answer.rival_score.toFixed(1)), " ", said(words(answer.against))),
    h("p", { class: "downloads" }, t("Save what is shown:"), " ",
      h("button", { type: "button", click: () => asTable(body) }, "CSV"),
      h("button", { type: "button", click: () => save("json", JSON.stringify(answer, null, 2)) }, "JSON")));
}

/** The text with its evidence marked: each mark bears the numbers of the areas for which it speaks. */
function marked(text, groups) {
  const characters = [...text]; // Places count code points, as Python does.
  const spans = groups.flatMap((group) => group.evidence.filter((one) => one.start !== null).map((one) => ({ ...one, group })));
  const cuts = [...new Set([0, characters.length, ...spans.flatMap((span) => [span.start, span.stop])])].sort((a, b) => a - b);
  return cuts.slice(1).map((stop, index) => {
    const start = cuts[index];
    const piece = characters.slice(start, stop).join("");
    const here = [...new Set(spans.filter((span) => span.start <= start && span.stop >= stop).map((span) => span.group))];
    if (!here.length) return piece;
    const ends = here.filter((group) => group.evidence.some((one) => one.stop === stop)); // The number stands once, at the end.
    return h("mark", { class: here[0].style, title: here.map((group) => group.name).join("; ") }, piece,
      ends.length > 0 && h("sup", {}, ends.map((group) => group.sign).join(" "), h("span", { class: "unseen" }, ` (${ends.map((group) => group.name).join("; ")})`)));
  });
}

const asTable = (body) =>
  post("/match", body, { format: "csv" }).then((table) => save("csv", table), (error) => announce(error.message));

/** Saves what has no address of its own, for it was answered to a text. */
function save(format, content) {
  const url = URL.createObjectURL(new Blob([content]));
  h("a", { href: url, download: `placement.${format}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000); // The browser reads it after the click.
}
