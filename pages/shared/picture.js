// The chart beside it as a picture for a slide: 1600 × 900, with the finding as its title, what it stands on below, unit and source at the foot.
// Drawn in the reader's browser, from what the chart shows at that moment, in the theme in use; nothing is sent anywhere.
// data: {title, subtitle, unit, source, file, label, failed}
const WIDTH = 1600, HEIGHT = 900, EDGE = 56;
const LARGEST = 1.5, SMALLEST = 1; // how much a chart is enlarged: its own 12 px become up to 18 px on the slide
const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

// Lines of at most `width` pixels; Chinese breaks between any two signs, but no line begins with a closing mark or ends with an opening one.
function lines(words, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const found = [];
  let line = "";
  for (const part of words.match(/[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]|[^\s\u3400-\u9fff\uff00-\uffef\u3000-\u303f]+\s*|\s+/g) ?? []) {
    if (line && pen.measureText((line + part).trimEnd()).width > width && !/^[，。；：？！、）」』】》～]/.test(part)) {
      const opening = /[（「『【《]+$/.exec(line)?.[0] ?? "";
      found.push(line.slice(0, line.length - opening.length).trimEnd());
      line = opening;
    }
    line += part;
  }
  return line.trim() ? [...found, line.trimEnd()] : found;
}

// The chart beside it, once it is drawn: a chart that has just come into sight is drawn a moment later.
async function drawn(place) {
  for (let waited = 0; waited < 5000; waited += 50) {
    const plot = place?.querySelector(".js-plotly-plot");
    if (plot && window.Plotly) return plot;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("no chart");
}

const escaped = (words) => words.replace(/[&<>"']/g, (sign) => XML[sign]);
const written = (words, x, y, size, colour, family, more = "") =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" font-family="${escaped(family)}" ${more}>${escaped(words)}</text>`;

async function slide(plot, data, look) {
  const inside = WIDTH - 2 * EDGE;
  let size = 40, title;
  do title = lines(data.title, inside, `700 ${size}px ${look.family}`); while (title.length > 2 && (size -= 2) >= 28);
  const below = lines(data.subtitle, inside, `24px ${look.family}`);
  const foot = [data.unit, data.source].filter(Boolean).flatMap((words) => lines(words, inside, `20px ${look.family}`));
  const parts = [];
  let y = EDGE;
  for (const line of title) parts.push(written(line, EDGE, (y += size * 1.25) - size * 0.25, size, look.text, look.family, 'font-weight="700"'));
  for (const line of below) parts.push(written(line, EDGE, (y += 34), 24, look.muted, look.family));
  const top = y + 24, bottom = HEIGHT - EDGE / 2 - foot.length * 28;
  foot.forEach((line, place) => parts.push(written(line, EDGE, bottom + 26 + 28 * place, 20, look.muted, look.family)));

  // A tall chart, such as the triangle, is enlarged less: its rows must stay as high as their numbers.
  const enlarged = Math.max(SMALLEST, Math.min(LARGEST, (bottom - top) / (0.8 * (plot.layout.height ?? 400))));
  const wide = inside / enlarged, high = (bottom - top) / enlarged;
  const layout = { ...plot.layout, width: wide, height: high, autosize: false, selections: [], paper_bgcolor: look.background, plot_bgcolor: look.background };
  const traces = plot.data.map((trace) => ({ ...trace, selectedpoints: undefined }));
  const image = await window.Plotly.toImage({ data: traces, layout }, { format: "svg", width: wide, height: high });
  const chart = new DOMParser().parseFromString(decodeURIComponent(image.slice(image.indexOf(",") + 1)), "image/svg+xml").documentElement;
  const place = { x: EDGE, y: top, width: inside, height: bottom - top, viewBox: `0 0 ${wide} ${high}` };
  for (const [name, value] of Object.entries(place)) chart.setAttribute(name, value);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
    `<title>${escaped(data.title)}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="${look.background}"/>` +
    parts.join("") + new XMLSerializer().serializeToString(chart) + "</svg>"
  );
}

function painted(svg) {
  return new Promise((done, fail) => {
    const image = new Image(), address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    image.onload = () => {
      const canvas = Object.assign(document.createElement("canvas"), { width: WIDTH, height: HEIGHT });
      canvas.getContext("2d").drawImage(image, 0, 0, WIDTH, HEIGHT);
      URL.revokeObjectURL(address);
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("png"))), "image/png");
    };
    image.onerror = fail;
    image.src = address;
  });
}

function save(blob, file) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: file });
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// On paper a chart is as wide as the page: its drawing gets a viewBox, and style.css lets it grow or shrink. A table shrinks to fit.
const PAPER = 690; // pixels of an upright A4 page between its margins
function onPaper() {
  for (const chart of document.querySelectorAll("[data-testid=stPlotlyChart]")) {
    const { offsetWidth: wide, offsetHeight: high } = chart.querySelector(".svg-container") ?? chart;
    chart.style.setProperty("--regulars-shape", `${wide} / ${high}`);
    for (const drawing of chart.querySelectorAll(".main-svg")) drawing.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  }
  for (const table of document.querySelectorAll("[data-testid=stDataFrame]"))
    table.style.setProperty("--regulars-zoom", Math.min(1, PAPER / table.offsetWidth));
}
function onScreen() {
  for (const drawing of document.querySelectorAll("[data-testid=stPlotlyChart] .main-svg")) drawing.removeAttribute("viewBox");
}
if (!window.regularsPrints) {
  window.regularsPrints = true;
  window.addEventListener("beforeprint", onPaper);
  window.addEventListener("afterprint", onScreen);
}

export default function ({ data, parentElement }) {
  const host = parentElement.host ?? parentElement;
  const variable = (name) => getComputedStyle(host).getPropertyValue(name).trim();
  parentElement.querySelector(".label").textContent = data.label;
  for (const button of parentElement.querySelectorAll("button")) {
    const kind = button.dataset.kind;
    button.setAttribute("aria-label", `${data.label} ${kind.toUpperCase()}`);
    button.onclick = async () => {
      const told = parentElement.querySelector(".failed");
      told.textContent = "";
      button.disabled = true;
      try {
        const look = {
          background: variable("--st-background-color"), text: variable("--st-text-color"),
          muted: variable("--st-gray-text-color"), family: variable("--st-font"),
        };
        const svg = await slide(await drawn(host.closest("[class*='st-key-chart_']")), data, look);
        save(kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await painted(svg), `${data.file}.${kind}`);
      } catch (error) {
        console.error(error);
        told.textContent = data.failed;
      } finally {
        button.disabled = false;
      }
    };
  }
}
