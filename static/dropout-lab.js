// @ts-check
/**
 * `<dropout-lab view="network" p="0.5" seed="7"></dropout-lab>`: a view of Dropout Lab in another page.
 *
 * Every attribute is a name of the lab's link, but for those that are the element's own (`src`, `link`, `timeout`,
 * `loading`, `autoheight`) or HTML's; a name that HTML uses itself is written with `data-` before it, such as `data-hidden="20"`. What the lab says
 * comes as events, what it can do are methods that return promises. README has both.
 *
 *     <script type="module" src="dropout-lab.js"></script>
 *     <dropout-lab view="coin" p="0.3"></dropout-lab>
 */

/** Attributes that are no names of the link. */
const OWN = new Set(["src", "link", "timeout", "loading", "autoheight"]);
/** Those of HTML. */
const HTML =
  /^(id|class|style|title|lang|dir|hidden|slot|part|role|tabindex|inert|is|nonce|popover|draggable|translate|access(key)?|item.*|auto.*|enterkeyhint|inputmode|spellcheck|contenteditable|(aria|on).*)$/;
/** Notifications of the lab, each an event of the same name. */
const EVENTS = new Set(["ready", "state", "answered", "resize", "key", "error"]);
/** Milliseconds after which a method gives up. */
const TIMEOUT = 10_000;

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
  :host { display: block; aspect-ratio: 16 / 9; }
  :host([autoheight]) { height: var(--dropout-lab-height, auto); }
  :host([hidden]) { display: none; }
  iframe { display: block; width: 100%; height: 100%; border: 0; }
`);

/** What the lab has refused, or did not answer. */
export class DropoutLabError extends Error {
  /**
   * @param {number} code JSON-RPC's, or -32000 when there was no answer
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = "DropoutLabError";
    this.code = code;
  }
}

const UNANSWERED = -32000;

/** Methods that change nothing; the others answer with the settings that they led to. */
const READING = new Set(["get", "snapshot", "notebook"]);

/** @typedef {{ method: string, resolve: (result: any) => void, reject: (error: Error) => void, timer: number }} Pending */

export class DropoutLab extends HTMLElement {
  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** The link as the lab has told it last: what a frame that is unloaded comes back with. */
  #link = "";
  #isReady = false;
  #id = 0;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  /** @type {string[]} Requests for a lab that is not ready yet. */
  #waiting = [];
  #observer = new MutationObserver((records) => this.#changed(records));
  /** @param {MessageEvent} event */
  #listener = (event) => this.#receive(event);

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
    this.#observer.observe(this, { attributes: true });
  }

  connectedCallback() {
    // What has changed in the meantime goes into the link.
    this.#changed(this.#observer.takeRecords());
    window.addEventListener("message", this.#listener);
    this.#load();
  }

  /** A browser that can move an element without unloading its frame (`moveBefore`) has nothing to restore. */
  connectedMoveCallback() {}

  disconnectedCallback() {
    window.removeEventListener("message", this.#listener);
    this.#unload("the element was removed from the page");
  }

  /** The link of what is shown, as `?v=1&…`. */
  get state() {
    return this.#link || this.#written();
  }

  /** Whether the lab answers at once; before that, requests wait. */
  get isReady() {
    return this.#isReady;
  }

  /**
   * Every setting and every number on the screen.
   * @returns {Promise<any>}
   */
  get() { return this.#request("get"); }
  /**
   * Changes any names of the link, all or none.
   * @param {Record<string, string | number | boolean>} names
   * @returns {Promise<any>}
   */
  set(names) { return this.#request("set", names); }
  /** @returns {Promise<any>} */
  step() { return this.#request("step"); }
  /** @returns {Promise<any>} */
  stepBack() { return this.#request("stepBack"); }
  /** @returns {Promise<any>} */
  play() { return this.#request("play"); }
  /** @returns {Promise<any>} */
  pause() { return this.#request("pause"); }
  /**
   * Another forward pass with the same input.
   * @returns {Promise<any>}
   */
  again() { return this.#request("again"); }
  /**
   * Back to the view's defaults.
   * @returns {Promise<any>}
   */
  reset() { return this.#request("reset"); }
  /**
   * A picture of what is shown.
   * @param {Record<string, string | number | boolean>} [options]
   * @returns {Promise<any>}
   */
  snapshot(options) { return this.#request("snapshot", options); }
  /**
   * The PyTorch script of what is shown and what PyTorch prints for it.
   * @returns {Promise<{ code: string, output: string }>}
   */
  notebook() { return this.#request("notebook"); }

  /** Where the lab is: beside this script, unless `src` says otherwise. */
  get #base() {
    const src = this.getAttribute("src");
    return src === null ? new URL("./", import.meta.url) : new URL(src, document.baseURI);
  }

  /** The lab's origin for messages; a page from disk has none that could be named. */
  get #origin() {
    return this.#base.protocol.startsWith("http") ? this.#base.origin : "*";
  }

  /** The link that the attributes write. */
  #written() {
    const names = new URLSearchParams(this.getAttribute("link") ?? "");
    for (const { name, value } of this.attributes) {
      const linked = nameOf(name);
      if (linked !== null) names.set(linked, value);
    }
    return `?${names}`;
  }

  /** The address of the frame: the link, embedded, listening to this page alone. */
  #address() {
    const address = this.#base;
    const names = new URLSearchParams(this.state);
    if (!names.has("v")) names.set("v", "1");
    names.set("embed", "1");
    if (!names.has("origin")) names.set("origin", location.protocol.startsWith("http") ? location.origin : "null");
    address.search = names.toString();
    return address.href;
  }

  #load() {
    const frame = document.createElement("iframe");
    const view = new URLSearchParams(this.state).get("view") ?? "network";
    frame.title = this.getAttribute("title") ?? `Dropout Lab: ${view}`;
    frame.loading = this.getAttribute("loading") === "eager" ? "eager" : "lazy";
    frame.allow = "";
    frame.src = this.#address();
    this.#frame = frame;
    this.shadowRoot?.replaceChildren(frame);
  }

  /** @param {string} why */
  #unload(why) {
    this.#isReady = false;
    this.#waiting = [];
    this.#frame?.remove();
    this.#frame = null;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(new DropoutLabError(UNANSWERED, why));
    }
    this.#pending.clear();
  }

  /** @param {MutationRecord[]} records */
  #changed(records) {
    const names = new Set(records.map((record) => record.attributeName ?? ""));
    if (["src", "link"].some((name) => names.has(name))) {
      this.#link = "";
      return this.#reload();
    }
    if (names.has("title") && this.#frame) this.#frame.title = this.title;
    /** @type {Record<string, string>} */
    const changes = {};
    let anew = false;
    for (const name of names) {
      const linked = nameOf(name);
      if (linked === null) continue;
      const value = this.getAttribute(name);
      // A name that is gone is back at its default, which only the lab knows.
      if (value === null || !this.#isReady) anew = true;
      else changes[linked] = value;
      if (anew) this.#link = this.#link && rewritten(this.#link, linked, value);
    }
    if (anew) {
      for (const [name, value] of Object.entries(changes)) this.#link = this.#link && rewritten(this.#link, name, value);
      return this.#reload();
    }
    if (Object.keys(changes).length > 0) {
      this.set(changes).catch((error) => this.#tell("error", { code: error.code, message: error.message }));
    }
  }

  #reload() {
    if (!this.#frame) return;
    this.#unload("the lab is loaded anew");
    this.#load();
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @returns {Promise<any>}
   */
  #request(method, params) {
    if (!this.#frame) {
      return Promise.reject(new DropoutLabError(UNANSWERED, `${method}: the element is not in a page`));
    }
    const id = ++this.#id;
    const text = JSON.stringify({ jsonrpc: "2.0", id, method, ...(params && { params }) });
    const limit = Number(this.getAttribute("timeout") ?? TIMEOUT);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        this.#waiting = this.#waiting.filter((waiting) => waiting !== text);
        reject(new DropoutLabError(UNANSWERED, `${method}: no answer within ${limit} ms`));
      }, limit);
      this.#pending.set(id, { method, resolve, reject, timer });
      if (this.#isReady) return this.#post(text);
      this.#waiting.push(text);
      // One that is asked for need not come into sight first.
      if (this.#frame) this.#frame.loading = "eager";
    });
  }

  /** @param {string} text */
  #post(text) {
    this.#frame?.contentWindow?.postMessage(text, this.#origin);
  }

  /** @param {MessageEvent} event */
  #receive({ source, origin, data }) {
    const isLab = this.#frame !== null && source === this.#frame.contentWindow;
    if (!isLab || typeof data !== "string" || (this.#origin !== "*" && origin !== this.#origin)) return;
    let message;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    for (const part of Array.isArray(message) ? message : [message]) this.#hear(part);
  }

  /** @param {any} message An answer, or a notification. */
  #hear(message) {
    if (message?.jsonrpc !== "2.0") return;
    if (typeof message.method === "string") return this.#notified(message.method, message.params ?? {});
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    this.#pending.delete(message.id);
    clearTimeout(pending.timer);
    const { error, result } = message;
    if (error) return pending.reject(new DropoutLabError(error.code, error.message));
    if (!READING.has(pending.method)) this.#link = linkOf(result);
    pending.resolve(result);
  }

  /**
   * @param {string} name
   * @param {any} params
   */
  #notified(name, params) {
    if (!EVENTS.has(name)) return;
    if (name === "state" && typeof params.link === "string") this.#link = params.link;
    // Only a rule of the shadow tree uses it, which gives way to every rule of the page.
    if (name === "resize" && params.height > 0) this.style.setProperty("--dropout-lab-height", `${params.height}px`);
    if (name === "ready") {
      this.#isReady = true;
      for (const text of this.#waiting.splice(0)) this.#post(text);
    }
    this.#tell(name, params);
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/**
 * The name of the link that an attribute writes, if it writes one.
 * @param {string} attribute
 */
function nameOf(attribute) {
  if (attribute.startsWith("data-")) return attribute.slice("data-".length);
  return OWN.has(attribute) || HTML.test(attribute) ? null : attribute;
}

/**
 * The link of settings.
 * @param {Record<string, string | number | boolean>} settings
 */
function linkOf(settings) {
  const names = Object.entries(settings).filter(([, value]) => value !== "");
  return `?${new URLSearchParams(names.map(([name, value]) => [name, String(value)]))}`;
}

/**
 * @param {string} link
 * @param {string} name
 * @param {string | null} value
 */
function rewritten(link, name, value) {
  const names = new URLSearchParams(link);
  if (value === null) names.delete(name);
  else names.set(name, value);
  return `?${names}`;
}

customElements.define("dropout-lab", DropoutLab);
