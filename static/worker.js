// The service worker: from the second visit on, the page comes from a copy on the reader's device, network or not.
// The build puts VERSION, which changes with the site, and FILES, what the site is made of, before this text.
/* global FILES, VERSION */
const CACHE = `dropout-lab ${VERSION}`;
const PAGE = "./";

// A name with a hash in it means the same for ever; of the others, the server is asked whether there is something newer.
const request = (name) => new Request(name, { cache: /-[0-9a-f]{16}[._]/.test(name) ? "default" : "no-cache" });

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map(request))));
});

// Only when no page uses the version before any longer, or its reader has asked for this one.
self.addEventListener("activate", (event) => {
  const drop = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("dropout-lab ") && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(drop());
});

self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const [address] = url.split(/[?#]/);
  const { scope } = self.registration;
  if (method !== "GET" || !address.startsWith(scope)) return;
  const name = address.slice(scope.length);
  const file = name === "" || name === "index.html" ? PAGE : name;
  if (!FILES.includes(file)) return;
  event.respondWith(caches.open(CACHE).then((cache) => cache.match(file)).then((kept) => kept ?? fetch(event.request)));
});
