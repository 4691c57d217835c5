// Runs before each page: writes down what goes wrong in it.
window.monkeyErrors = [];
(() => {
  // Says that sizes were set while sizes were read, once more in the next frame: no fault.
  const harmless = (text) => text.startsWith("ResizeObserver loop");
  const note = (kind, what) => {
    const text = String(what);
    if (!harmless(text)) monkeyErrors.push(`${kind}: ${text}`);
  };
  addEventListener("error", (event) => note("error", event.message ?? `${event.target?.src ?? event.target} did not load`), true);
  addEventListener("unhandledrejection", ({ reason }) => note("unhandled", reason));
  addEventListener("securitypolicyviolation", (event) => note("policy", `${event.violatedDirective} ${event.blockedURI}`));
  const real = console.error;
  console.error = (...given) => {
    note("console", given.join(" "));
    real.apply(console, given);
  };
  // Paper is not for monkeys.
  window.print = () => {};
})();
