"use strict";
// Files: pictures that are opened, dropped or pasted, and the drawing saved as a PNG.

/** Pictures are opened by the button, dropped, or pasted. */
function openPictures() {
  byId("open").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", () => {
    put(byId("file").files[0]);
    byId("file").value = "";
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    put(event.dataTransfer.files[0]);
  });
  addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (file) put(file);
  });
}

async function put(file) {
  if (!file) return;
  try {
    marks.push({ ink: await openedInk(file) });
    changed();
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    byId("trouble").textContent = error.message;
  }
}

function save() {
  exported().toBlob((blob) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: "digit.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}
