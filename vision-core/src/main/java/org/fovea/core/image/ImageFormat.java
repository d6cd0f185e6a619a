package org.fovea.core.image;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A file format that {@link ImageDecoder} reads; it goes by a file's first bytes, and by names only to find files. */
public enum ImageFormat {
    /** JPEG, sequential or progressive. */
    JPEG("jpg", "jpeg", "jpe", "jfif"),
    /** PNG. */
    PNG("png"),
    /** Windows bitmap. */
    BMP("bmp", "dib"),
    /** TIFF and BigTIFF. */
    TIFF("tif", "tiff"),
    /** WebP. */
    WEBP("webp"),
    /** GIF, of which only the first frame is read. */
    GIF("gif"),
    /** Netpbm's bitmaps, graymaps and pixmaps. */
    PNM("pbm", "pgm", "ppm", "pnm");

    private static final Set<String> ALL_SUFFIXES = Arrays.stream(values())
            .flatMap(format -> format.suffixes.stream())
            .collect(Collectors.toCollection(TreeSet::new));

    /** Number of bytes of a file that {@link #of} examines. */
    static final int SIGNATURE_BYTES = 16;

    private final List<String> suffixes;

    ImageFormat(String... suffixes) {
        this.suffixes = List.of(suffixes);
    }

    /** Suffixes of image files in folders, in lower case without the dot; sorted. */
    public static Set<String> suffixes() {
        return Collections.unmodifiableSet(ALL_SUFFIXES);
    }

    /** Returns whether a file name ends in one of {@link #suffixes()}, in upper or lower case. */
    public static boolean hasSuffix(String name) {
        return ALL_SUFFIXES.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Determines the format of a file from at least its first {@value #SIGNATURE_BYTES} bytes, or all if it has fewer.
     *
     * @throws ImageException when it is not an image, or has an unsupported format
     */
    static ImageFormat of(ImageBytes file) {
        if (file.length() == 0) {
            throw new ImageException(file.source(), "an image must not be empty, got 0 bytes; copy it again");
        }
        if (file.hasText(0, "\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (file.hasText(0, "\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (file.hasText(0, "RIFF") && file.hasText(8, "WEBP")) {
            return WEBP;
        }
        if (file.hasText(0, "GIF87a") || file.hasText(0, "GIF89a")) {
            return GIF;
        }
        if (file.hasText(0, "BM")) {
            return BMP;
        }
        if (file.hasText(0, "II*\0")
                || file.hasText(0, "MM\0*")
                || file.hasText(0, "II+\0")
                || file.hasText(0, "MM\0+")) {
            return TIFF;
        }
        if (file.length() > 2 && file.u8(0) == 'P' && file.u8(1) >= '1' && file.u8(1) <= '6' && file.u8(2) <= ' ') {
            return PNM;
        }
        throw unknown(file);
    }

    private static ImageException unknown(ImageBytes file) {
        if (file.hasText(4, "ftyp")) {
            return file.unsupported("HEIC, AVIF and video files are not read");
        }
        StringBuilder start = new StringBuilder();
        for (int i = 0; i < Math.min(8, file.length()); i++) {
            start.append(String.format(" %02x", file.u8(i)));
        }
        return file.unsupported(
                "the file must be a JPEG, PNG, BMP, TIFF, WebP, GIF or PNM image, got one that begins with"
                        + " the bytes" + start);
    }
}
