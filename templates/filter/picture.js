// A picture of the table: title, head, rows and the foot of the page, on white, whatever the theme of the screen.
const pictureOf = (title, subtitle, foot, head, rows) => new Promise((done) => {
  const [width, margin, size, leading] = [1200, 32, 15, 20];
  const family = getComputedStyle(document.body).fontFamily;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const font = (bold, points) => `${bold ? "bold " : ""}${points}px ${family}`;
  const whole = head.reduce((sum, [, weight]) => sum + weight, 0);
  const room = head.map(([, weight]) => ((width - 2 * margin) * weight) / whole);
  const left = room.map((_, place) => margin + room.slice(0, place).reduce((sum, one) => sum + one, 0));
  // Words in lines of a width; a word that is wider by itself is broken.
  const wrapped = (text, most) => {
    const lines = [""];
    for (let word of text.split(" ")) {
      const joined = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
      if (pen.measureText(joined).width <= most) { lines[lines.length - 1] = joined; continue; }
      if (lines.at(-1)) lines.push("");
      for (; pen.measureText(word).width > most; lines.push("")) {
        let cut = word.length;
        while (cut > 1 && pen.measureText(word.slice(0, cut)).width > most) cut -= 1;
        lines[lines.length - 1] = word.slice(0, cut);
        word = word.slice(cut);
      }
      lines[lines.length - 1] = word;
    }
    return lines;
  };
  pen.font = font(true, 22);
  const titles = wrapped(title, width - 2 * margin);
  pen.font = font(false, 13);
  const feet = wrapped(foot, width - 2 * margin);
  pen.font = font(false, size);
  const laid = [head.map(([name]) => name), ...rows].map((row) => row.map((text, place) => wrapped(text, room[place] - 12)));
  const heights = laid.map((row) => 10 + leading * Math.max(1, ...row.map((lines) => lines.length)));
  const height = 2 * margin + 28 * titles.length + 30 + heights.reduce((sum, one) => sum + one, 0) + 14 + 18 * feet.length;
  // Browsers draw nothing on a canvas beyond their limit.
  const scale = Math.min(2, 16000 / height);
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  pen.scale(scale, scale);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = "top";
  let top = margin;
  const write = (lines, style, colour, step) => {
    [pen.font, pen.fillStyle] = [style, colour];
    for (const text of lines) { pen.fillText(text, margin, top); top += step; }
  };
  write(titles, font(true, 22), "#1B2733", 28);
  write([subtitle], font(false, size), "#4A5763", 30);
  for (const [line, row] of laid.entries()) {
    pen.font = font(line === 0, line === 0 ? 13 : size);
    pen.fillStyle = line === 0 ? "#4A5763" : "#1B2733";
    for (const [place, lines] of row.entries()) {
      pen.textAlign = head[place][2] ? "right" : "left";
      const at = head[place][2] ? left[place] + room[place] - 6 : left[place];
      lines.forEach((text, step) => pen.fillText(text, at, top + 6 + leading * step));
    }
    pen.textAlign = "left";
    top += heights[line];
    pen.fillStyle = line === 0 ? "#1B2733" : "#E3E8EC";
    pen.fillRect(margin, top - 1, width - 2 * margin, line === 0 ? 1.5 : 1);
  }
  top += 10;
  write(feet, font(false, 13), "#6B7782", 18);
  canvas.toBlob(done, "image/png");
});
