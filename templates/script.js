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
    const drawer = document.createElement("dialog");
    drawer.className = "whence";
    drawer.setAttribute("aria-labelledby", "whence-title");
    document.body.append(drawer);
    const element = (name, text, parent) => {
      const made = document.createElement(name);
      if (text) made.textContent = text;
      parent.append(made);
      return made;
    };
    const open = (index) => {
      const it = explanations[index];
      drawer.replaceChildren();
      const close = element("button", "Закрыть", drawer);
      close.type = "button";
      close.addEventListener("click", () => drawer.close());
      element("h2", "Откуда это число", drawer).id = "whence-title";
      element("p", it.title, drawer);
      const list = element("dl", "", drawer);
      const lines = [["Число", it.value], ["Формула", it.formula], ["С числами", it.counts], ["Источник формулы", it.source], ["Порог", it.threshold]];
      for (const [name, text] of lines) if (text) { element("dt", name, list); element("dd", text, list); }
      element("h3", `Файлы: ${files[it.files].length}`, drawer);
      const sources = element("ul", "", drawer);
      if (!files[it.files].length) element("p", "Число из истории: файлов этого запуска за ним нет.", drawer);
      for (const one of files[it.files]) element("li", `${one.file} — принято строк: ${one.rows}, BLAKE3 ${one.hash}`, sources);
      element("h3", "Листы и ячейки", drawer);
      element("code", `srez explain "${it.address}" КОНВЕЙЕР`, drawer);
      drawer.showModal();
    };
    drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
    const explain = (cell, tabIndex) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "why";
      button.tabIndex = tabIndex;
      button.title = "Откуда это число";
      button.setAttribute("aria-haspopup", "dialog");
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => open(cell.dataset.why));
    };
    for (const table of document.querySelectorAll("table")) {
      for (const [place, cell] of [...table.querySelectorAll("[data-why]")].entries()) explain(cell, place ? -1 : 0);
      table.addEventListener("keydown", (event) => {
        const here = event.target.closest("button.why")?.parentElement;
        const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
        if (!here || !step) return;
        const rows = [...table.rows];
        let [line, place] = [rows.indexOf(here.parentElement), here.cellIndex];
        for (let next; rows[line += step[0]]?.cells[place += step[1]];) {
          next = rows[line].hidden ? null : rows[line].cells[place].querySelector("button.why");
          if (!next) continue;
          event.preventDefault();
          event.target.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
          return;
        }
      });
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
