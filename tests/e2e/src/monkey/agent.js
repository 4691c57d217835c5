// What the monkey needs in the page that it plays with: the page itself, or the one around it where it is in a frame.
(() => {
  const frame = document.getElementById("lab");
  const lab = () => (frame ? frame.contentWindow : window);
  const heard = [];
  if (frame) addEventListener("message", ({ data }) => heard.push(data));

  // What a hand can reach, by the kinds that actions name.
  const KINDS = {
    any: "a[href], button, input, select, summary, textarea, canvas, [tabindex]:not([tabindex='-1'])",
    text: "input[type=number], input[type=text], input:not([type]), textarea",
    list: "select",
    drag: "canvas, input[type=range], .figure",
  };
  const found = (kind) =>
    [...lab().document.querySelectorAll(KINDS[kind])].filter(
      // A file is chosen in a window of the browser's own, and paper is the printer's.
      (element) => !element.disabled && element.type !== "file" && element.checkVisibility() && !element.closest("[inert]"),
    );
  // While a dialog is open, nothing behind it can be reached.
  const reachable = (kind) => {
    const all = found(kind);
    const inside = all.filter((element) => element.closest("dialog[open]"));
    return inside.length > 0 ? inside : all;
  };
  const label = (element) =>
    `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""} ${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}`;

  const paints = (count) =>
    new Promise((done) => {
      const step = (left) => (left === 0 ? done() : lab().requestAnimationFrame(() => step(left - 1)));
      step(count);
      setTimeout(done, 1000);
    });

  // Attributes and texts in which something that is no number, or nothing at all, was written as if it were something.
  const oddities = () => {
    const body = lab().document.body;
    const texts = body.innerText.match(/.{0,40}\b(?:NaN|undefined|\[object )\b.{0,40}/g) ?? [];
    const attributes = body.innerHTML.match(/ [\w-]+="[^"]{0,60}\b(?:NaN|undefined)\b[^"]{0,20}"/g) ?? [];
    return { texts, attributes };
  };

  window.monkey = {
    // The place of one of what is there, brought into the window.
    place(kind, number) {
      const all = reachable(kind);
      if (all.length === 0) return null;
      const element = all[number % all.length];
      element.scrollIntoView({ block: "nearest", behavior: "instant" });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2, scroll: lab().scrollY, label: label(element) };
    },
    size: () => [innerWidth, innerHeight],
    scroll(y) {
      lab().scrollTo({ top: y, behavior: "instant" });
    },
    at(x, y) {
      const element = lab().document.elementFromPoint(x, y);
      return element ? label(element) : "";
    },
    // A list opens a window of the browser's own, which no page can reach.
    choose(number, option) {
      const lists = reachable("list");
      if (lists.length === 0) return "";
      const list = lists[number % lists.length];
      list.selectedIndex = option % list.options.length;
      for (const event of ["input", "change"]) list.dispatchEvent(new (lab().Event)(event, { bubbles: true }));
      return `${label(list)}: ${list.value}`;
    },
    drop(text) {
      const { DataTransfer, File, DragEvent, document } = lab();
      const data = new DataTransfer();
      data.items.add(new File([text], "a.session.json"));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    tell(text) {
      if (frame) frame.contentWindow.postMessage(text, "*");
    },
    async settled() {
      await paints(2);
      await new Promise((done) => setTimeout(done));
      const page = lab();
      const alive = () => Boolean(page.document.querySelector("#app .lab, #app main"));
      // Between the first page and the whole one there is a moment of neither.
      for (let tries = 0; !alive() && tries < 40; tries += 1) await new Promise((done) => setTimeout(done, 50));
      const errors = page.monkeyErrors ?? [];
      return {
        query: page.location.search,
        stopped: Boolean(page.document.getElementById("reset")) && /has stopped/.test(page.document.body.innerText),
        alive: alive(),
        errors: errors.splice(0),
        ...oddities(),
      };
    },
    // The raw answer: a number read and written again by JavaScript may lose its sign.
    async ask(method) {
      const id = `monkey ${Math.random()}`;
      const from = heard.length;
      const request = JSON.stringify({ jsonrpc: "2.0", id, method });
      this.tell(request);
      // A page on its way to another document has lost it: once more, to the one that has come.
      let again = performance.now() + 5000;
      const end = performance.now() + 15000;
      while (performance.now() < end) {
        if (performance.now() > again) {
          again = Infinity;
          this.tell(request);
        }
        const answer = heard.slice(from).find((text) => text.includes(id));
        if (answer !== undefined) {
          heard.length = 0;
          return answer;
        }
        await new Promise((done) => setTimeout(done, 5));
      }
      return null;
    },
    output: () => lab().document.querySelector("pre.output")?.textContent ?? null,
  };
  return true;
})()
