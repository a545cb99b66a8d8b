// A combobox for one entity of a collection: taken from the suggestions, or typed and looked up.

import { ask } from "./api.js";
import { h, said } from "./build.js";
import { combobox } from "./combobox.js";
import { problem } from "./problem.js";
import { t } from "./words.js";

/** `settle()` gives the chosen `{id, name}` or null, having told what is wrong and what to do about it. */
export function chooser({ label, collection, hint, item = null, chosen }) {
  const trouble = h("div", { class: "trouble", role: "alert" });
  const took = (one) => {
    item = one;
    box.input.value = one.name;
    box.input.removeAttribute("aria-invalid");
    trouble.replaceChildren();
    chosen?.(one);
  };
  const box = combobox({ label, collection, hint, value: item?.name ?? "", chosen: took });

  async function settle() {
    const name = box.input.value.trim();
    if (item && item.name === name) return item;
    try {
      if (!name) throw new Error(t("Type a name, and choose one of the suggestions."));
      const found = await ask("/lookup", { name, collection });
      took(found.record);
      return found.record;
    } catch (error) {
      box.input.setAttribute("aria-invalid", "true");
      const again = (one) => {
        if (one.id) return took(one);
        box.input.value = one; // A name that comes near: it is looked up in its turn.
        return settle();
      };
      const offer = (one) => h("button", { type: "button", class: "quiet", click: () => again(one) }, said(one.name ?? one));
      trouble.replaceChildren(...problem(error, offer));
      box.input.focus();
      return null;
    }
  }

  return { node: h("div", { class: "chooser" }, box.node, trouble), settle };
}
