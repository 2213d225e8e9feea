// Small helps; every page works without them.
"use strict";

// A page that answers something (a result, a problem) gives its heading the focus.
const answer = document.querySelector("[data-focus]");
if (answer && (!location.hash || location.hash === "#top")) {
  answer.focus();
}

// Copy buttons show where copying is possible, and say that it was done.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "copied";
    button.after(said);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
        said.textContent = "Copied";
      } catch {
        said.textContent = "Could not be copied: mark the wording and copy it by hand";
      }
    });
  }
}

// Files may be dropped anywhere in a field's box; a form is sent once.
for (const box of document.querySelectorAll(".field")) {
  const input = box.querySelector("input[type=file]");
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const given = new DataTransfer();
    for (const file of input.multiple ? event.dataTransfer.files : [...event.dataTransfer.files].slice(0, 1)) {
      given.items.add(file);
    }
    input.files = given.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

const form = document.getElementById("check");
if (form) {
  const sending = document.getElementById("sending");
  form.addEventListener("submit", () => {
    sending.textContent = "Sending your document …";
    setTimeout(() => form.querySelector("button").setAttribute("disabled", ""));
  });
  addEventListener("pageshow", () => {
    sending.textContent = "";
    form.querySelector("button").removeAttribute("disabled");
  });
}
