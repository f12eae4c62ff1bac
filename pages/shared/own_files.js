// A button that leads to the box for the owner's files at the side, opening the side bar where it is closed (on a phone it is).
// data: {label}.
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    document.querySelector('[data-testid="stExpandSidebarButton"]')?.click();
    window.setTimeout(() => {
      const box = document.querySelector('[data-testid="stSidebar"] [data-testid="stFileUploader"]');
      box?.scrollIntoView({ block: "center" });
      box?.querySelector('[data-testid="stFileUploaderDropzone"] button')?.focus();
    }, 400);
  };
}
