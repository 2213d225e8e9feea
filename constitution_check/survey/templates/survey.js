
"use strict";
(() => {
  const table = document.getElementById("map");
  const rows = table.tBodies[0];
  const said = document.getElementById("said");
  const value = (row, column) => row.cells[column].dataset.sort || row.cells[column].textContent.trim();
  const order = new Intl.Collator("en-GB", { numeric: true }).compare;
  table.querySelectorAll("thead th[data-column]").forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      const column = Number(head.dataset.column);
      table.querySelectorAll("thead [aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = Array.from(rows.rows).sort((a, b) => order(value(a, column), value(b, column)));
      rows.append(...(down ? sorted.reverse() : sorted));
      said.textContent = "Sorted by " + button.textContent.trim() + (down ? ", last first" : ", first first");
    });
  });
  document.getElementById("how").hidden = false;
})();
