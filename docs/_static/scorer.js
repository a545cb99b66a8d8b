/* What a search puts first: a theme that begins so, what bears just that name; pages before entities, and sources and
   figures last. The glossary, in whose text each term stands once, goes before entities too. */
var Scorer = {
  score: ([page, title, , , score]) => {
    const asked = (new URLSearchParams(window.location.search).get("q") || "").trim().toLowerCase();
    const names = title.toLowerCase().split(" > ").map((name) => name.split(" · ")[0]);
    const exact = names[0] === asked ? 30 : names.includes(asked) ? 25 : 0; // Its name, or another that it bears.
    const collection = page.startsWith("entities/") ? page.split("/")[1] : "";
    const begins = asked.length > 3 && names.length === 1 && names[0].startsWith(asked); // And not one of its aliases.
    const theme = begins && collection === "themes" ? 40 - exact : 0;
    const glossary = page === "glossary" ? 5 : 0;
    const rank = { "": 6, themes: 1, sources: -4, indicators: -3, observations: -2, alignments: -2 }[collection] || 0;
    return score + exact + theme + glossary + rank;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 4,
  term: 5,
  partialTerm: 1,
};
