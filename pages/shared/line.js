// Says in the reader's language that the line to the server is down, while it is, and once it is back what was lost. Streamlit's own dialog
// says it in English only; style.css hides it. The page remembers its session: another one means that the server began anew.
// data: {session, had ("files", "kept" or ""), down, files, kept, nothing, close}. The last four: what is said, by what the page had.
const page = (window.regularsLine ??= { session: "", had: "", said: "" });
const PATIENCE = 1500;

export default function ({ data, parentElement, setTriggerValue }) {
  const bar = parentElement.querySelector(".bar");
  const [words, close] = bar.children;
  const app = document.querySelector("[data-test-connection-state]");
  if (page.session && page.session !== data.session) {
    page.said = page.had || "nothing";
    // The box at the side still lists files that the new server does not have.
    if (page.said === "files") document.querySelectorAll('[data-testid="stFileChipDeleteBtn"] button').forEach((each) => each.click());
  }
  Object.assign(page, { session: data.session, had: data.had });

  let [late, lost] = [0, false];
  const show = (down) => {
    words.textContent = down ? data.down : data[page.said] ?? "";
    close.hidden = down;
    bar.hidden = !words.textContent;
  };
  const look = () => {
    window.clearTimeout(late);
    if (app.dataset.testConnectionState !== "CONNECTED") {
      lost = true;
      late = window.setTimeout(show, PATIENCE, true);
      return;
    }
    show(false);
    // Streamlit waits for the next click; only a run tells whether the server still knows this page.
    if (lost) setTriggerValue("again", true);
    lost = false;
  };
  close.title = close.ariaLabel = data.close;
  close.onclick = () => {
    page.said = "";
    show(false);
  };
  const watch = new MutationObserver(look);
  watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  look();
  return () => {
    watch.disconnect();
    window.clearTimeout(late);
  };
}
