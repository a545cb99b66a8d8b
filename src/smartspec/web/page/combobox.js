// A field with suggestions: the combobox of the ARIA Authoring Practices, whose list is asked of the API while one types.

import { ask } from "./api.js";
import { announce, h, kind, said } from "./build.js";
import { Known } from "./known.js";
import { t } from "./words.js";

const PAUSE = 120; // Milliseconds without a key before the API is asked.
const MOST = 8;
const OVER = 0.8; // What is over comes after what is in force, unless it fits the words much better.
let number = 0;

/**
 * `collection` limits what is suggested, `value` is what stands there, `chosen(item)` is called with a suggestion that
 * was taken. `entered(text)` is called on Enter without one; without it, Enter is left to the form.
 */
export function combobox({ label: words, name, value = "", hint = "", collection = "", chosen, entered }) {
  const id = `combobox-${(number += 1)}`;
  let items = [];
  let active = -1;
  let timer;
  let asking = new AbortController();
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": words, hidden: true });
  const input = h("input", {
    id, name, value, placeholder: hint, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    maxlength: 500, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    input: () => {
      clearTimeout(timer);
      timer = setTimeout(suggest, PAUSE);
    },
    keydown: (event) => KEYS[event.key]?.(event),
    blur: close,
  });

  const KEYS = {
    ArrowDown: (event) => (event.preventDefault(), list.hidden ? suggest() : move(active + 1)),
    ArrowUp: (event) => (event.preventDefault(), list.hidden ? suggest() : move(active - 1)),
    Escape: close,
    Enter: (event) => {
      if (!list.hidden && active >= 0) {
        event.preventDefault();
        take(active);
      } else if (entered) {
        event.preventDefault();
        close();
        entered(input.value.trim());
      }
    },
  };

  async function suggest() {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const q = input.value.trim();
    if (!q) return close();
    let answer, about;
    try {
      [answer, about] = await Promise.all([ask("/search", { q, collection, limit: 2 * MOST }, signal), ask("", {}, signal)]);
    } catch {
      return; // A later key asks anew; what is wrong for good is told when the form is sent.
    }
    if (signal.aborted || document.activeElement !== input) return;
    const known = new Known(answer);
    const weight = (item) => item.score * (known.ended(item.collection, known.record(item.collection, item.id), about.year) ? OVER : 1);
    items = answer.items.toSorted((one, other) => weight(other) - weight(one)).slice(0, MOST);
    const told = (item) => {
      const record = known.record(item.collection, item.id);
      const words = [!collection && kind(item.collection), known.context(record), known.force(item.collection, record, about.year)];
      return words.filter(Boolean).join(" · ");
    };
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(...items.map((item, index) =>
      h("li", { id: `${id}-${index}`, role: "option", "aria-selected": "false",
        pointerdown: (event) => event.preventDefault(), // The focus stays in the field.
        click: () => take(index) },
      said(item.name), " ", h("small", {}, told(item))),
    ));
    open(items.length > 0);
    announce(items.length ? t("Suggestions: {0}. Arrow keys choose.", items.length) : t("No suggestions."));
  }

  function open(is) {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
  }

  function close() {
    clearTimeout(timer);
    asking.abort();
    active = -1;
    input.removeAttribute("aria-activedescendant");
    open(false);
  }

  function move(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (index + items.length + (index < -1 ? 1 : 0)) % items.length;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function take(index) {
    const item = items[index];
    input.value = item.name;
    close();
    chosen(item);
  }

  return { input, node: h("div", { class: "combobox" }, h("label", { for: id }, words), input, list) };
}
