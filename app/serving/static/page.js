// Whoever opens the page can type at once: the terminal gets the keyboard as soon as it has drawn something.
new MutationObserver(() => document.querySelector(".xterm-helper-textarea")?.focus()).observe(document.body, {
  attributes: true,
  attributeFilter: ["class"],
});
