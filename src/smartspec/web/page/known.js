// Names what an answer mentions: the records that it includes beside its items.

import { h, reference } from "./build.js";
import { t } from "./words.js";

export class Known {
  constructor(...answers) {
    this.included = answers.map((answer) => answer.included ?? {});
  }

  record(collection, id) {
    return this.included.map((included) => included[collection]?.[id]).find(Boolean);
  }

  name(collection, id) {
    return this.record(collection, id)?.name ?? id;
  }

  /** What tells a record from its namesakes: whose it is. */
  context(record = {}) {
    const strategy = record.strategy && this.record("strategies", record.strategy);
    const region = record.region ?? strategy?.region ?? record.parent;
    return [strategy?.name, region && this.name("regions", region)].filter(Boolean).join(" · ");
  }

  /** The year in which ended what is over in a year: a strategy, or that of which a record is a part; else null. */
  ended(collection, record = {}, year) {
    const plan = collection === "strategies" ? record : "start" in record ? null : this.record("strategies", record.strategy);
    const end = plan?.end && Number.parseInt(plan.end, 10);
    return end && end < year ? end : null;
  }

  /** Whether a strategy is in force in a year; of a part of one, if it is no longer. Nothing of what has no such time. */
  force(collection, record = {}, year) {
    const end = this.ended(collection, record, year);
    if (end) return t("ended {0}", end);
    const start = collection === "strategies" && record.start && Number.parseInt(record.start, 10);
    return start ? (start <= year ? t("in force") : t("from {0}", start)) : "";
  }

  /** The themes as small labels; of many, the first, and a button that shows the rest. */
  themes(ids, most = Infinity) {
    const chips = (some) => some.map((id) => h("li", {}, this.link("themes", id)));
    const list = h("ul", { class: "chips" }, chips(ids.slice(0, most)));
    const rest = ids.slice(most);
    if (!rest.length) return list;
    const more = h("li", {}, h("button", { type: "button", "aria-label": t("{0} more themes", rest.length), click: () => {
      const shown = chips(rest);
      more.replaceWith(...shown);
      shown[0].querySelector("a").focus(); // The button had the focus and is gone.
    } }, `+${rest.length}`));
    list.append(more);
    return list;
  }

  link(collection, id) {
    return reference(collection, id, this.name(collection, id));
  }
}
