#!/usr/bin/env python3
"""Draws srez.ico: bars of a distribution, cut through. Needs Pillow; run after a change, the result is committed."""
from pathlib import Path
from PIL import Image, ImageDraw

SIZE = 1024
BLUE, PAPER, CUT = "#1f4e79", "#ffffff", "#f2b134"

picture = Image.new("RGBA", (SIZE, SIZE))
draw = ImageDraw.Draw(picture)
draw.rounded_rectangle((32, 32, SIZE - 33, SIZE - 33), radius=180, fill=BLUE)
for place, height in enumerate((240, 480, 620, 380)):
    left = 180 + place * 172
    draw.rectangle((left, 820 - height, left + 140, 820), fill=PAPER)
draw.polygon([(120, 700), (904, 420), (904, 500), (120, 780)], fill=CUT)
sizes = [(side, side) for side in (16, 24, 32, 48, 64, 128, 256)]
picture.save(Path(__file__).with_name("srez.ico"), sizes=sizes)
