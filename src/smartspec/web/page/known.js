// Names what an answer mentions: the records that it includes beside its items.

import { h, reference } from "./build.js";

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

  /** The themes as small labels. */
  themes(ids) {
    return h("ul", { class: "chips" }, ids.map((id) => h("li", {}, this.link("themes", id))));
  }

  link(collection, id) {
    return reference(collection, id, this.name(collection, id));
  }
}
