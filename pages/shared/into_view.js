// Scrolls to where it stands when a click has opened something there. data: {place, what}; what is "" until something was clicked.
// The same click again after its result was closed counts as a new one.
const last = (window.regularsIntoView ??= new Map());

export default function ({ data, parentElement }) {
  const { place, what } = data;
  if (what && last.get(place) !== what) {
    last.set(place, what);
    const here = parentElement.host ?? parentElement;
    // The result is drawn after this: wait until the page has grown.
    window.setTimeout(() => here.scrollIntoView({ block: "start", behavior: "smooth" }), 150);
  }
  return () => last.delete(place);
}
