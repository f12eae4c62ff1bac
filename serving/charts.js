// Put before Streamlit's chart component (see lighter.py): when a figure is drawn, and as what.
//
// Streamlit hands a new chart's figure on three times before the first one is drawn, and Plotly draws each. Here a figure is drawn once, as
// it stands by then; what is out of sight gives way to what is in sight, and is drawn as soon as the page has nothing else to do.
const regularsDraw = (() => {
  const inSight = new WeakMap(), waiting = new WeakMap(), drawn = new WeakMap();
  const sight = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      inSight.set(target, isIntersecting);
      if (isIntersecting) waiting.get(target)?.();
    }
  }, { rootMargin: "200px" });
  const whenIdle = window.requestIdleCallback ?? ((then) => setTimeout(then, 200));
  const turn = (place) => new Promise((done) => {
    if (inSight.get(place)) return done();
    waiting.set(place, done);
    sight.observe(place);
    whenIdle(done, { timeout: 3000 });
  });
  // plotly: the library; place, latest: React's references to the chart's element and to its newest figure.
  return async (plotly, place, latest) => {
    plotly.setPlotConfig({ logging: 0 }); // it writes a stack for each cell of a triangle whose colour is a number
    if (place.current) await turn(place.current);
    const now = latest.current, before = drawn.get(place.current);
    if (!now || !place.current) return;
    if (before && place.current._fullLayout && ["data", "layout", "config", "frames"].every((part) => before[part] === now[part])) return;
    drawn.set(place.current, now);
    const { data, layout, config, frames } = now;
    return plotly.react(place.current, { data, layout, config, frames });
  };
})();
