// Makes pages faster to use, never possible: all of it can be done without.
"use strict";
document.documentElement.classList.add("scripted");

// Copies what a button names.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "✓";
    } catch {
      getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    }
  });
}

// The key / leads to the box for words.
document.addEventListener("keydown", event => {
  const box = document.getElementById("q");
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && box && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// Filters stand open where there is room for them.
const wide = matchMedia("(min-width: 60rem)");
const side = document.querySelector(".split > .side");
if (side && wide.matches) side.open = true;
