// Closes the side bar once for each new `what`, where it covers the page: on a phone. data: {what}; "" closes nothing.
export default function ({ data }) {
  const { what } = data;
  if (what && window.regularsClosedFor !== what && window.innerWidth < 768) {
    window.setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 200);
  }
  window.regularsClosedFor = what;
}
