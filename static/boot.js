// Starts the app. The tag of this script names its JavaScript module (data-js) and its WebAssembly module (data-wasm);
// in the single file, which names none, both are in the page. Not inline, for the page's Content-Security-Policy
// forbids that, and not a module, so that it also runs, and can explain itself, where modules are refused.
(({ js, wasm }) => {
  const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));

  const explain = (sentence) => {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    (document.getElementById("loading") ?? document.getElementById("app")).replaceChildren(message);
  };

  // The WebAssembly module of the single file: gzip in base64.
  const unpacked = () => {
    const packed = atob(document.getElementById("wasm").textContent.trim());
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  };

  const start = async () => {
    if (js && location.protocol === "file:") {
      await parsed;
      explain("Browsers do not run this page from disk. Open dropout-lab.html beside it, which is made for that, or serve the folder, for example with “cargo xtask serve”.");
      return;
    }
    if (typeof WebAssembly !== "object") {
      await parsed;
      explain("This browser has no WebAssembly, or it is switched off. Allow it for this page, or use a current Firefox, Chrome, Edge or Safari.");
      return;
    }
    try {
      const loading = js && import(new URL(js, document.baseURI));
      await parsed;
      const init = loading ? (await loading).default : globalThis.startDropoutLab;
      await init({ module_or_path: wasm ? new URL(wasm, document.baseURI) : await unpacked() });
    } catch (error) {
      explain(`The lab could not start. Reload the page; if that does not help, use a current browser. (${error})`);
      throw error;
    }
  };
  start();
})(document.currentScript.dataset);
