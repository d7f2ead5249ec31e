(() => {
  "use strict";
  const collator = new Intl.Collator("ru", { numeric: true });
  const value = (row, column) => row.cells[column]?.dataset.sort ?? row.cells[column]?.textContent.trim() ?? "";
  const compare = (left, right) => {
    const [a, b] = [Number(left), Number(right)];
    if (left !== "" && right !== "" && !Number.isNaN(a) && !Number.isNaN(b)) return a - b;
    return collator.compare(left, right);
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    const original = [...body.rows];
    for (const header of table.tHead.rows[0].cells) {
      const button = header.querySelector("button");
      if (!button) continue;
      button.addEventListener("click", () => {
        const before = header.getAttribute("aria-sort");
        const next = before === "ascending" ? "descending" : before === "descending" ? null : "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        let rows = original;
        if (next) {
          header.setAttribute("aria-sort", next);
          const sign = next === "ascending" ? 1 : -1;
          const column = header.cellIndex;
          rows = original.toSorted((left, right) => {
            const [a, b] = [value(left, column), value(right, column)];
            if (a === "—" || b === "—") return (a === "—") - (b === "—");
            return sign * compare(a, b);
          });
        }
        body.append(...rows);
      });
    }
  }
  // One number of a table is reached by Tab, the others by arrows; it must stand in a row that is shown.
  const reachable = (table) => {
    const numbers = [...table.querySelectorAll("button.why")];
    const shown = numbers.filter((number) => !number.closest("tr").hidden);
    if (shown.some((number) => number.tabIndex === 0)) return;
    for (const number of numbers) number.tabIndex = -1;
    if (shown.length) shown[0].tabIndex = 0;
  };
  for (const tools of document.querySelectorAll(".tools")) {
    const table = document.getElementById(tools.dataset.table);
    const input = tools.querySelector("input");
    const count = tools.querySelector("output");
    if (!table || !input) continue;
    tools.hidden = false;
    const rows = [...table.tBodies[0].rows];
    input.addEventListener("input", () => {
      const words = input.value.toLocaleLowerCase("ru").split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.replaceAll("\u00a0", " ").toLocaleLowerCase("ru");
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) shown += 1;
      }
      reachable(table);
      count.textContent = words.length ? `показано ${shown} из ${rows.length}` : "";
    });
  }
  const data = document.getElementById("whence-data");
  if (data && "HTMLDialogElement" in window) {
    const { explanations, files } = JSON.parse(data.textContent);
    const open = (cell) => {
      const it = explanations[cell.dataset.why];
      openWhence(it, files[it.files]);
    };
    for (const table of document.querySelectorAll("table")) {
      for (const [place, cell] of [...table.querySelectorAll("[data-why]")].entries()) askable(cell, place ? -1 : 0, open);
      walkable(table);
    }
  }
  // On a narrow screen the list would push the document below the first screen.
  const contents = document.querySelector(".contents");
  const narrow = matchMedia("(max-width:69.99rem)");
  const fold = () => { if (contents) contents.open = !narrow.matches; };
  fold();
  narrow.addEventListener("change", fold);
  const theme = document.querySelector(".theme");
  if (theme) {
    const root = document.documentElement;
    const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme:dark)").matches;
    const name = () => { theme.textContent = dark() ? "Светлая тема" : "Тёмная тема"; };
    theme.hidden = false;
    name();
    theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; name(); });
  }
  const links = new Map([...document.querySelectorAll(".side a")].map((link) => [link.hash.slice(1), link]));
  if (links.size && "IntersectionObserver" in window) {
    const seen = new Set();
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
      const first = [...links.keys()].find((id) => seen.has(id));
      if (!first) return;
      for (const [id, link] of links) id === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }, { rootMargin: "0px 0px -60% 0px" });
    for (const id of links.keys()) { const section = document.getElementById(id); if (section) watch.observe(section); }
  }
  addEventListener("beforeprint", () => { for (const drawer of document.querySelectorAll("details")) drawer.open = true; });
})();
