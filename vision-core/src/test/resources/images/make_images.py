"""Makes the images of this folder and, beside each, Pillow's own reading of it as NAME.rgb.png.

python make_images.py FOLDER   (made with Pillow 12.3.0)
"""
import random
import sys
from pathlib import Path

from PIL import Image, ImageOps

out = Path(sys.argv[1])
random.seed(3)
W, H = 21, 13
base = Image.new("RGB", (W, H))
base.putdata([(x * 12, y * 19, (x * y * 7) % 256) for y in range(H) for x in range(W)])
alpha = Image.new("L", (W, H))
alpha.putdata([(x * 11 + y) % 256 for y in range(H) for x in range(W)])
rgba = base.copy()
rgba.putalpha(alpha)
grey = base.convert("L")
sixteen = Image.new("I;16", (W, H))
sixteen.putdata([random.randrange(65536) for _ in range(W * H)])
palette = base.quantize(17)


def exif(code):
    data = Image.Exif()
    data[0x0112] = code
    return data


def save(name, image, **options):
    image.save(out / name, **options)
    with Image.open(out / name) as read:
        if read.mode.startswith("I"):  # Pillow clips 16-bit grey; the upper byte is the sensible reading.
            values = [v >> 8 for v in read.getdata()]
            rgb = Image.new("L", read.size)
            rgb.putdata(values)
            rgb = rgb.convert("RGB")
        else:
            rgb = ImageOps.exif_transpose(read).convert("RGB")
    rgb.save(out / (name + ".rgb.png"))


save("rgb.jpg", base, quality=90)
save("rgb-420-progressive.jpg", base, quality=80, progressive=True, subsampling=2)
save("grey.jpg", grey)
save("cmyk.jpg", base.convert("CMYK"), quality=95)
save("rgba.png", rgba)
save("grey-alpha.png", rgba.convert("LA"))
save("grey16.png", sixteen)
save("palette-transparent.png", palette, transparency=3)
save("palette-2bit.png", base.quantize(4), bits=2)
save("bilevel.png", base.convert("1"))
save("rgb.bmp", base)
save("palette.bmp", palette)
save("rgba.tif", rgba)
save("lzw.tif", base, compression="tiff_lzw")
save("deflate.tif", base, compression="tiff_adobe_deflate")
save("palette.tif", palette)
save("bilevel-g4.tif", base.convert("1"), compression="group4")
save("grey16.tif", sixteen)
save("cmyk.tif", base.convert("CMYK"))
save("lossy.webp", base, quality=80)
save("lossless-alpha.webp", rgba, lossless=True, exact=True)
save("lossy-alpha.webp", rgba, quality=80, exact=True)
save("palette.gif", palette)
save("transparent.gif", palette, transparency=2)
save("rgb.ppm", base)
save("grey.pgm", grey)
for code in range(1, 9):
    save(f"turned-{code}.jpg", base, exif=exif(code), quality=90)
save("turned-6.png", base, exif=exif(6))
save("turned-6.webp", base, exif=exif(6), lossless=True)
for code in (5, 6):
    save(f"turned-{code}.tif", base, exif=exif(code))
