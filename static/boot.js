// Starts the app that this script's own tag names: data-js is its JavaScript module, data-wasm its WebAssembly module.
// A file of its own because the page's Content-Security-Policy forbids inline scripts; not a module, so that it also
// runs, and can explain itself, where modules are refused: in a page opened from disk.
(async ({ js, wasm }) => {
  const explain = (sentence) => {
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    (document.getElementById("loading") ?? document.getElementById("app")).replaceChildren(message);
  };

  if (location.protocol === "file:") {
    explain("Browsers do not run this page from disk. Serve its folder, for example with “cargo xtask serve”, and open the address it prints.");
    return;
  }
  if (typeof WebAssembly !== "object") {
    explain("This browser has no WebAssembly, or it is switched off. Allow it for this page, or use a current Firefox, Chrome, Edge or Safari.");
    return;
  }
  try {
    const app = await import(new URL(js, document.baseURI));
    await app.default({ module_or_path: new URL(wasm, document.baseURI) });
  } catch (error) {
    explain(`The lab could not start. Reload the page; if that does not help, use a current browser. (${error})`);
    throw error;
  }
})(document.currentScript.dataset);
