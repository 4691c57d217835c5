// Lets the page work without a network from the second visit on, and says when a newer version is there.
// Not within another page, whose reader has not come for this one; not on a developer's own machine, where the address
// belongs to whatever is served next; and from disk it cannot be.
(() => {
  const isOwnMachine = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
  // In a sandboxed frame it is an error even to ask for the worker.
  if (window !== window.top || isOwnMachine || !navigator.serviceWorker) return;

  // By the catalogue that boot.js has put into the page: English and translation by turns.
  const say = (english) => {
    const lines = document.getElementById("messages")?.textContent.split("\n") ?? [];
    const at = lines.findIndex((line, k) => k % 2 === 0 && line === english);
    return at < 0 ? english : lines[at + 1];
  };
  const button = (text, onclick) => Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick });

  // The link in the address bar is the state, so nothing is lost by a reload; when, the reader says.
  const announce = async (worker) => {
    await globalThis.dropoutLabSpoken;
    document.getElementById("newer")?.remove();
    const note = document.createElement("div");
    note.id = "newer";
    note.setAttribute("role", "status");
    const reload = () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("take over");
    };
    note.append(say("A newer version is ready."), " ", button(say("Reload"), reload), " ", button(say("not now"), () => note.remove()));
    document.body.append(note);
  };

  const watch = (registration) => {
    const isNewer = () => navigator.serviceWorker.controller !== null;
    if (registration.waiting && isNewer()) announce(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker?.addEventListener("statechange", () => {
        if (worker.state === "installed" && isNewer()) announce(worker);
      });
    });
  };

  // After everything that the page needs now. A browser that keeps nothing, or a site without a worker, does without.
  addEventListener("load", () => {
    navigator.serviceWorker.register("worker.js", { updateViaCache: "none" }).then(watch, () => {});
  });
})();
