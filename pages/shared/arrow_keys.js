// The keys ← and → follow the links to the page before and after, unless somebody types. They stand in keyed containers of Streamlit's.
const LINKS = { ArrowLeft: ".st-key-present_before a", ArrowRight: ".st-key-present_after a" };

export default function () {
  const turn = (event) => {
    const typing = event.target.closest?.("input, textarea, [contenteditable], [role='slider'], [role='radiogroup']");
    if (typing || event.altKey || event.ctrlKey || event.metaKey) return;
    document.querySelector(LINKS[event.key])?.click();
  };
  document.addEventListener("keydown", turn);
  return () => document.removeEventListener("keydown", turn);
}
