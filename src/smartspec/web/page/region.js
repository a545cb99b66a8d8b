// A region: its strategies with their areas, its poles, and the regions that share its priorities.

import { ask, part } from "./api.js";
import { announce, downloads, go, h, heading, label, reference, said, score, shortened, table, to, whole } from "./build.js";
import { chooser } from "./chooser.js";
import { body, dataset, localName, saved } from "./entity.js";
import { Known } from "./known.js";
import { language, t } from "./words.js";

const PARTNERS = 10;

export async function region(parameters, signal) {
  const id = parameters.get("id");
  const choice = chooser({
    label: t("A region"), collection: "regions", hint: t("Piedmont, ITC1, Toscana …"),
    chosen: (item) => go("region", { id: item.id }),
  });
  const form = h("form", { class: "search", submit: (event) => (event.preventDefault(), choice.settle()) },
    choice.node, h("button", { type: "submit" }, t("Show")));
  if (!id) {
    const words = t("Choose a region to see its strategies, its clusters, and the regions that share its priorities.");
    return { title: t("Regions and partners"), nodes: [heading(t("Regions and partners")), h("p", {}, words), form,
      h("p", {}, h("a", { href: to("list", { in: "regions" }) }, t("All regions")))] };
  }
  const about = await ask("", {}, signal);
  const year = whole(parameters, "year", about.year);
  const limit = whole(parameters, "limit", PARTNERS, 100);
  const theme = parameters.get("theme") ?? "";
  const of = `regions/${id}`;
  const [answer, plans, current, poles, partners] = await Promise.all([
    ask(`/regions/${part(id)}`, { limit: 500 }, signal),
    ask("/strategies", { of, limit: 500 }, signal),
    ask("/strategies", { of, in_force: year, limit: 500 }, signal),
    ask("/innovation_poles", { of, limit: 500 }, signal),
    ask(`/partners/${part(id)}`, { limit, year, theme }, signal),
  ]);
  const { record } = answer;
  const isOwn = (plan) => plan.region === id || plan.territories.includes(id);
  const now = current.items.filter(isOwn);
  const isOver = (plan) => !now.some((one) => one.id === plan.id);
  const own = plans.items.filter(isOwn);
  const areas = await Promise.all(now.map((plan) => ask("/innovation_areas", { strategy: plan.id, limit: 500 }, signal)));
  const within = plans.items.filter((plan) => !isOwn(plan));
  const nodes = [
    heading(record.name),
    h("p", { class: "under" }, h("span", { class: "tag" }, label(record.level ?? "region")), " ", localName(record), record.nuts && [" · ", said(record.nuts)]),
    h("nav", { class: "contents", "aria-label": t("On this page") }, [["strategies", t("What it bets on")], ["partners", t("Partners")],
      ["poles", t("Clusters and poles")], ["record", t("Record and sources")]].map(([target, words]) =>
      h("button", { type: "button", class: "quiet", click: () => jump(target) }, words))),
    section("strategies", t("What it bets on"),
      own.length === 0 && h("p", {}, t("No strategy of this region is recorded.")),
      now.map((plan, index) => strategy(plan, areas[index], true)),
      own.filter(isOver).map(closed),
      within.length > 0 && h("details", {}, h("summary", {}, t("Strategies of territories within or around it ({0})", within.length)),
        shortened(within.map((plan) => [reference("strategies", plan.id, plan.name), " ", h("small", {}, period(plan))])))),
    partnersOf(record, partners, new Known(partners, ...areas), areas.flatMap((some) => some.items.flatMap((area) => area.themes)), { year, theme, limit }),
    section("poles", t("Clusters and poles"), poles.items.length
      ? shortened(poles.items.map((pole) => [reference("innovation_poles", pole.id, pole.name), " ", h("small", {}, period(pole))]))
      : h("p", {}, t("None is recorded: this does not mean that there are none."))),
    section("record", t("Record and sources"), body(answer), dataset(answer), saved(answer)),
    h("section", {}, h("h2", {}, t("Another region")), form),
  ];
  return { title: record.name, nodes };
}

const section = (id, title, ...children) => h("section", {}, h("h2", { id, tabindex: "-1" }, title), children);

function jump(id) {
  const target = document.getElementById(id);
  target.focus({ preventScroll: true });
  target.scrollIntoView();
}

const period = (item) => (item.start || item.end ? `${item.start ?? "?"} – ${item.end ?? ""}` : "");

function strategy(plan, areas, isInForce) {
  const known = new Known(areas);
  return h("article", { class: "plan" },
    h("h3", {}, reference("strategies", plan.id, plan.name)),
    h("p", { class: "small" }, isInForce && h("span", { class: "tag" }, t("in force")), " ", label(plan.kind), " ", period(plan),
      plan.complete === false && [" · ", t("not all of its areas are recorded")]),
    areas.items.length
      ? h("ul", { class: "areas" }, areas.items.map((area) => h("li", {},
          reference("innovation_areas", area.id, area.name), " ", known.themes(area.themes))))
      : h("p", { class: "small" }, t("No area of it is recorded.")),
    h("p", { class: "bar" }, h("a", { href: to("compare", { first: plan.id }) }, t("Compare with another strategy")),
      areas.items.length > 0 && h("a", { href: to("place", { strategy: plan.id }) }, t("Place a text against this strategy"))));
}

/** A strategy that is not in force: its areas are asked for when somebody opens it. */
function closed(plan) {
  const space = h("div", {});
  const opened = async (event) => {
    if (!event.target.open || space.childNodes.length) return;
    try {
      space.replaceChildren(strategy(plan, await ask("/innovation_areas", { strategy: plan.id, limit: 500 }), false));
    } catch (problem) {
      space.replaceChildren(h("p", { role: "alert" }, problem.message));
    }
  };
  return h("details", { toggle: opened }, h("summary", {}, said(plan.name), " ", h("small", {}, period(plan))), space);
}

/** The partners, in a year, of those that share one of the `themes` of the region's areas, or any. */
function partnersOf(record, answer, known, themes, { year, theme, limit }) {
  const offered = [...new Set(theme ? [theme, ...themes] : themes)].map((id) => [id, known.name("themes", id)]);
  offered.sort(([, one], [, other]) => one.localeCompare(other, language()));
  const shared = h("select", { id: "theme", name: "theme", change: () => asked() }, h("option", { value: "" }, t("any theme")),
    offered.map(([value, name]) => h("option", { value, selected: value === theme }, name)));
  const years = h("input", { id: "year", name: "year", type: "number", min: 1990, max: 2100, value: year });
  const asked = () => go("region", { id: record.id, year: years.value, theme: shared.value });
  return section("partners", t("Regions that share its priorities"),
    h("form", { class: "bar", submit: (event) => (event.preventDefault(), asked()) },
      h("label", { for: "theme" }, t("They share")), " ", shared, " ",
      h("label", { for: "year" }, t("By the strategies in force in")), " ",
      h("span", { class: "together" }, years, " ", h("button", { type: "submit", class: "quiet" }, t("Show")))),
    answer.items.length === 0 && h("p", {}, answer.nothing ?? t("None is recorded.")),
    answer.items.length > 0 && [
      h("p", { class: "small" }, t("The score runs from 0 to 1: how much of the themes and NACE codes of both regions’ areas they have in common; what few regions have counts more. The pairs of areas say why.")),
      h("ol", { class: "partners" }, answer.items.map((item) => h("li", {},
        h("h3", {}, reference("regions", item.region, item.region_name)), score(item.score),
        known.themes(item.themes, 3),
        h("details", {}, h("summary", {}, t("Why: pairs of areas ({0})", item.pairs.length)),
          table(t("Areas of {0} and {1}", record.name, item.region_name),
            [record.name, item.region_name, t("shared themes"), t("shared NACE codes"), t("score")],
            item.pairs.map((pair) => [known.link("innovation_areas", pair.area), known.link("innovation_areas", pair.match),
              known.themes(pair.themes), pair.nace.join(" "), score(pair.score)])),
          h("p", {}, h("a", { href: comparison(item.pairs[0], known) }, t("Compare the strategies"))))))),
      answer.items.length === limit && limit < 100 && h("p", {}, h("a", { href: to("region", { id: record.id, year, theme, limit: limit + 10 }) }, t("More regions"))),
      downloads(`${record.id}-partners`, answer)]);
}

/** Where the two strategies are compared whose areas come closest. */
function comparison(pair, known) {
  const [first, second] = [pair.area, pair.match].map((id) => known.record("innovation_areas", id).strategy);
  return to("compare", { first, second });
}
