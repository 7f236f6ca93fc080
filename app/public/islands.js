const {script,module}=document.getElementById("island-loader").dataset;
const app=await import(script);
await app.default({module_or_path:module});
app.hydrate();
for(const island of document.querySelectorAll("leptos-island"))app[island.dataset.component]?.(island);
