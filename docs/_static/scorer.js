/* What a search puts first: what bears just that name; pages before entities, and sources and figures last. */
var Scorer = {
  score: ([page, title, , , score]) => {
    const asked = (new URLSearchParams(window.location.search).get("q") || "").trim().toLowerCase();
    const names = title.toLowerCase().split(" > ").map((name) => name.split(" · ")[0]);
    const exact = names[0] === asked ? 30 : names.includes(asked) ? 25 : 0; // Its name, or another that it bears.
    const collection = page.startsWith("entities/") ? page.split("/")[1] : "";
    const rank = { "": 6, sources: -4, indicators: -3, observations: -2, alignments: -2 }[collection] || 0;
    return score + exact + rank;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
