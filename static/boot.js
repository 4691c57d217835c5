// Starts the app. The tag of this script names its two modules: data-first has the network view alone, data-all every
// view and the lessons; each is a JavaScript module and, under the same name with -wasm, its WebAssembly. In the single
// file, which names none, everything is in the page. Not inline, for the page's Content-Security-Policy forbids that,
// and not a module, so that it also runs, and can explain itself, where modules are refused.
(({ first, firstWasm, all, allWasm }) => {
  // What the page will look like is in the link: the style sheet draws it before the app can.
  const asked = new URLSearchParams(location.search);
  const view = asked.get("view") ?? "network";
  const isNetwork = view === "network" && !asked.has("lesson");
  const isNewHere = () => {
    try {
      return !localStorage.getItem("dropout-lab.progress");
    } catch {
      return true;
    }
  };
  const root = document.documentElement.dataset;
  if (asked.get("embed") === "1") root.embed = "";
  if (!isNetwork) root.otherView = view;
  if (["bright", "dark", "projector"].includes(asked.get("theme"))) root.theme = asked.get("theme");
  if (["", "?v=1"].includes(location.search) && isNewHere()) root.invites = "";

  const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));

  // A slide shows what is about to come; these are the titles of src/app/view.rs.
  const titles = new Map(Object.entries({
    network: "One training step of a small network",
    tensor: "Any tensor through dropout",
    coin: "Coins, one by one and by the thousand",
    expectation: "Many draws, and where their mean lands",
    gradients: "The gradient derived, with its numbers",
    subnetworks: "All subnetworks at once, and what dropout adds to the loss",
    training: "Does it help? Networks trained with dropout and without",
    variants: "Which numbers share a coin",
    notebook: "The five notebooks, cell by cell",
    lessons: "Ten lessons: bet first, then look",
    teachers: "A lesson of 45 minutes: ten figures for a class",
  }));
  if ("embed" in root && titles.has(view)) parsed.then(() => {
    const title = document.querySelector(".poster .title");
    title.textContent = titles.get(view);
    title.dataset.say = "";
  });

  // The gzip in base64 that an element of the single file holds.
  const unpack = async (id) => {
    await parsed;
    const packed = atob(document.getElementById(id).textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };

  // The language: the link's, or else the first that the browser asks for and there is. Every other than English has a
  // catalogue, which the app gets as lines, English and translation by turns. Two are none, but made of the English for
  // the tests: one needs more room than any language, one runs from right to left.
  const words = /\{[^}]*\}|\p{L}+/gu;
  const reworded = (reword) => {
    // What is filled in stays, but for words to choose from.
    const all = (english) => english.replace(words, (word) => (word[0] === "{" ? word.replace(/\|[^|}]+/g, (choice) => all(choice)) : reword(word)));
    return all;
  };
  const made = {
    "qps-long": reworded((word) => word.replace(/[aeiou]/g, "$&$&") + word.slice(-1)),
    "qps-rtl": reworded((word) => `\u202e${word}\u202c`),
  };
  const offered = ["en", "de", "es", "zh"];
  const isKnown = (name) => offered.includes(name) || name in made;
  root.lang = isKnown(asked.get("lang")) ? asked.get("lang") : "system";
  const preferred = () => navigator.languages.map((tag) => tag.split("-")[0]).find(isKnown) ?? "en";
  const language = root.lang === "system" ? preferred() : root.lang;
  Object.assign(document.documentElement, {
    lang: language in made ? "en" : language === "zh" ? "zh-Hans" : language,
    dir: language === "qps-rtl" ? "rtl" : "ltr",
  });
  let messages = {};
  const say = (english) => messages[english] ?? english;
  const readMessages = async () => {
    if (language === "en") return;
    const name = language in made ? offered[1] : language;
    const response = all ? await fetch(new URL(`${name}.json`, document.baseURI), { cache: "no-cache" }) : await unpack(`${name}.json`);
    if (!response.ok) throw new Error(`${name}.json: ${response.status}`);
    messages = await response.json();
    if (language in made) for (const key in messages) messages[key] = made[language](key.replace(/ \[[^\]]*\]$/, ""));
    const element = Object.assign(document.createElement("script"), {
      type: "text/plain",
      id: "messages",
      textContent: Object.entries(messages).flat().join("\n"),
    });
    document.head.append(element);
    await parsed;
    for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.textContent);
  };
  // Without its catalogue the page speaks English.
  const spoken = readMessages().catch((error) => {
    document.documentElement.lang = "en";
    console.warn(error);
  });

  // What updates.js says waits for it.
  globalThis.dropoutLabSpoken = spoken;

  const explain = (sentence) => {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    const place = document.getElementById("loading") ?? document.getElementById("app");
    // What it would have shown stays below, in outline, whatever the view.
    delete root.otherView;
    const picture = place.querySelectorAll("svg");
    place.replaceChildren(message, ...picture);
  };
  const giveUp = (error) => {
    // What the app has said itself is better.
    if (!document.getElementById("reset")) explain(`${say("The lab could not start. Reload the page; if that does not help, use a current browser.")} (${error})`);
    throw error;
  };

  // From one screen to another the pixels alone may change, which a query alone tells: for the app it is another size.
  const watchPixels = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
    dispatchEvent(new Event("resize"));
    watchPixels();
  }, { once: true });
  watchPixels();

  // What is pressed may go away by it: then the focus goes to what is nearest, and not back to the top of the page.
  addEventListener("click", () => {
    const around = [];
    for (let element = document.activeElement; element && element !== document.body; element = element.parentElement) around.push(element);
    const find = () => {
      if (!around.length || document.activeElement !== document.body) return;
      for (const element of around.filter((element) => element.isConnected)) {
        const all = [...element.querySelectorAll("button, a[href], select, input, summary, [tabindex]")];
        const near = all.find((element) => element.getClientRects().length && !element.disabled);
        if (near) return near.focus({ preventScroll: true });
      }
      document.querySelector("nav.views [aria-current], nav.views select, .figure")?.focus({ preventScroll: true });
    };
    requestAnimationFrame(() => requestAnimationFrame(find));
  }, true);

  // A panic is explained by the app itself (src/views/start.rs); what ends it without one, such as memory that has run
  // out, is explained here, and once.
  const stopped = (error) => {
    if (!(error instanceof WebAssembly.RuntimeError) || document.getElementById("reset")) return;
    explain(`${say("The lab has stopped.")} (${error}) ${say("The address of this page leads to what was on the screen.")} `);
    const reset = Object.assign(document.createElement("a"), { id: "reset", href: location.pathname });
    reset.textContent = say("Reset: start again from the defaults");
    document.querySelector("#app [role=alert], #loading [role=alert]").append(reset);
    // The page around is told in English, in every language.
    const message = `The lab has stopped. (${error})`;
    if (parent !== window) parent.postMessage(JSON.stringify({ jsonrpc: "2.0", method: "error", params: { message } }), "*");
  };
  if (typeof WebAssembly === "object") {
    addEventListener("error", ({ error }) => stopped(error));
    addEventListener("unhandledrejection", ({ reason }) => stopped(reason));
  }

  // Each of these two comes to a function that starts the app.
  const fetched = async (js, wasm) => {
    const at = (file) => new URL(file, document.baseURI);
    const [module, response] = await Promise.all([import(at(js)), fetch(at(wasm))]);
    if (!response.ok) throw new Error(`${wasm}: ${response.status}`);
    // Compiled before the page that stands there leaves, so that nothing is blank meanwhile; where a server names the
    // type of the file wrongly, wasm-bindgen has its ways.
    const compiled = await WebAssembly.compileStreaming(response.clone()).catch(() => response);
    return () => module.default({ module_or_path: compiled });
  };
  const unpacked = async () => {
    const module = await (await unpack("wasm")).arrayBuffer();
    return () => globalThis.startDropoutLab({ module_or_path: module });
  };

  let whole;
  const loadAll = () => (whole ??= (all ? fetched(all, allWasm) : unpacked()).catch((error) => {
    whole = undefined;
    throw error;
  }));

  // The first module asks for the whole page when it is sent where it can't go; see src/views/first.rs.
  const tell = (name) => document.dispatchEvent(new Event(`dropout-lab:${name}`));
  // Where the focus was, where it is to be then, and whether what is there was asked for.
  const places = [
    ["nav.views a", "nav.views [aria-current]"],
    ["nav.views select", "nav.views select"],
    [".invitation button", ".lesson .task"],
    [".open-save", ".open-save", "open"],
    [".open-slides", ".open-slides", "open"],
    [".open-keys", ".open-keys", "open"],
    ["#field-sound", "#field-sound"],
    [".data summary", ".data summary", "open"],
  ];
  // A file that was dropped on the first page comes along, as if it were dropped on the whole one.
  const drop = (file) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(file);
    dispatchEvent(new DragEvent("drop", { dataTransfer, cancelable: true }));
  };
  let last, gone;
  const takeOver = async (wanted) => {
    last = wanted;
    let start;
    try {
      start = await loadAll();
    } catch (error) {
      console.warn(error);
      tell("refused");
      return;
    }
    // Of several wishes the last is fulfilled, and none once the first page has gone.
    if (gone || wanted !== last) return;
    gone = true;
    const { detail: link, file } = wanted;
    const place = places.find(([from]) => document.activeElement?.matches(from));
    if (link) document.getElementById("app").dataset.link = link;
    tell("leave");
    await start().catch(giveUp);
    requestAnimationFrame(() => {
      if (file) drop(file);
      if (!place) return;
      const [, there, asked] = place;
      const element = document.querySelector(there);
      element?.focus();
      if (asked) element?.click();
    });
  };

  const startFirst = async () => {
    const begun = Promise.all([fetched(first, firstWasm), parsed, spoken]).then(([start]) => {
      document.addEventListener("dropout-lab:whole", takeOver);
      return start();
    });
    // The browser would leave the page for a file.
    for (const name of ["dragover", "drop"]) addEventListener(name, (event) => {
      const { types = [], files: [file] = [] } = event.dataTransfer ?? {};
      if (!types.includes("Files")) return;
      event.preventDefault();
      if (file && !gone) begun.then(() => takeOver({ file }));
    });
    await begun;
    // Who is about to go elsewhere need not wait.
    const soon = ({ target }) => target.closest?.("nav.views, .invitation, .under-picture, .open-keys") && loadAll().catch(() => {});
    for (const event of ["pointerover", "focusin"]) document.addEventListener(event, soon, { passive: true });
  };
  const startAll = async () => {
    const [start] = await Promise.all([loadAll(), parsed, spoken]);
    await start();
  };

  // In its first frame the app knows no sizes yet; in the second everything is in its place.
  const unveil = async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    document.querySelector(".poster")?.remove();
  };

  // A module of one function that has a vector: (v128.const 0) (drop).
  const hasVectors = () => WebAssembly.validate(Uint8Array.of(
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 11,
  ));

  const refuse = async (sentence) => {
    await Promise.all([parsed, spoken]);
    explain(say(sentence));
  };
  if (all && location.protocol === "file:") {
    refuse("Browsers do not run this page from disk. Open dropout-lab.html beside it, which is made for that, or serve the folder, for example with “cargo xtask serve”.");
  } else if (typeof WebAssembly !== "object") {
    refuse("This browser has no WebAssembly, or it is switched off. Allow it for this page, or use a current Firefox, Chrome, Edge or Safari.");
  } else if (!hasVectors()) {
    refuse("This browser is too old for the lab: its WebAssembly has no vector instructions (SIMD). Use a Firefox, Chrome or Edge of 2021, a Safari of 2023, or a later one.");
  } else {
    // A guess that saves a fetch: what the first module can't show after all it asks for. In a frame, the whole page
    // talks to the one around it; drawn as in one, it has no button behind which the list of keys could come.
    const framed = window.parent !== window || "embed" in root;
    const firstWillDo = !framed && isNetwork && !asked.has("bench");
    (first && firstWillDo ? startFirst : startAll)().then(unveil).catch(async (error) => {
      await parsed;
      giveUp(error);
    });
  }
})(document.currentScript.dataset);
