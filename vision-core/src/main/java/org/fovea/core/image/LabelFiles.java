package org.fovea.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Files of labels: gray PNG of 8 or 16 bits whose samples are the labels themselves. */
public final class LabelFiles {
    private static final int COLOR_TYPE = 25; // offset in a PNG file, after the sizes and bit depth in its IHDR
    private static final int BIT_DEPTH = 24;
    private static final int LARGEST_8_BIT = 255;

    private LabelFiles() {}

    /**
     * Reads a file of labels.
     *
     * @throws ImageException when it cannot be read, or is not a gray PNG of 8 or 16 bits
     */
    public static LabelMask read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ImageException(file.toString(), "a mask must be a file, got none of this name; check the path");
        }
        try {
            return decode(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new ImageException(file.toString(), "reading failed: " + e, e);
        }
    }

    /**
     * Decodes the labels of a file in memory.
     *
     * @param source name of the file in errors
     * @throws ImageException when it is not a gray PNG of 8 or 16 bits
     */
    public static LabelMask decode(byte[] file, String source) {
        ImageBytes bytes = new ImageBytes(source, file);
        ImageHeader header = ImageHeader.read(bytes, ImageDecoder.DEFAULT_MAX_PIXELS);
        if (header.format() != ImageFormat.PNG) {
            throw new ImageException(
                    source, "a mask must be a PNG file, whose labels no compression changes, got " + header.format());
        }
        checkGray(source, bytes.u8(COLOR_TYPE), bytes.u8(BIT_DEPTH));
        OpenCvLibrary.load();
        MatOfByte input = new MatOfByte();
        Mat decoded = null;
        try {
            input.fromArray(PngStructure.essential(bytes));
            decoded = Imgcodecs.imdecode(input, Imgcodecs.IMREAD_UNCHANGED);
            if (decoded.empty() || decoded.channels() != 1) {
                throw new ImageException(source, "its PNG data does not decode; write it again");
            }
            return labels(decoded);
        } catch (CvException e) {
            throw new ImageException(source, "OpenCV cannot decode this mask: " + e.getMessage(), e);
        } finally {
            input.release();
            if (decoded != null) {
                decoded.release();
            }
        }
    }

    private static void checkGray(String source, int colorType, int depth) {
        String got =
                switch (colorType) {
                    case 0 -> depth >= 8 ? "" : "gray of " + depth + " bits";
                    case 3 -> "a palette, whose indices may be classes or mere colors";
                    case 4 -> "gray with alpha";
                    default -> "colors";
                };
        if (!got.isEmpty()) {
            throw new ImageException(
                    source,
                    "labels must be the samples of a gray PNG of 8 or 16 bits, got " + got
                            + "; write the labels as such a file");
        }
    }

    private static LabelMask labels(Mat decoded) {
        int[] out = new int[decoded.rows() * decoded.cols()];
        if (decoded.depth() == CvType.CV_16U) {
            short[] samples = new short[out.length];
            decoded.get(0, 0, samples);
            for (int i = 0; i < out.length; i++) {
                out[i] = samples[i] & 0xffff;
            }
        } else {
            byte[] samples = new byte[out.length];
            decoded.get(0, 0, samples);
            for (int i = 0; i < out.length; i++) {
                out[i] = samples[i] & 0xff;
            }
        }
        return LabelMask.of(decoded.rows(), decoded.cols(), out);
    }

    /** Encodes a mask as a gray PNG file: with 8 bits if all labels fit, else with 16. */
    public static byte[] encode(LabelMask mask) {
        OpenCvLibrary.load();
        int count = mask.height() * mask.width();
        short[] wide = new short[count];
        byte[] narrow = new byte[count];
        int largest = 0;
        for (int i = 0; i < count; i++) {
            int label = mask.label(i / mask.width(), i % mask.width());
            largest = Math.max(largest, label);
            wide[i] = (short) label;
            narrow[i] = (byte) label;
        }
        Mat mat = new Mat(mask.height(), mask.width(), largest > LARGEST_8_BIT ? CvType.CV_16UC1 : CvType.CV_8UC1);
        MatOfByte png = new MatOfByte();
        try {
            if (largest > LARGEST_8_BIT) {
                mat.put(0, 0, wide);
            } else {
                mat.put(0, 0, narrow);
            }
            if (!Imgcodecs.imencode(".png", mat, png)) {
                throw new IllegalStateException("OpenCV could not encode " + mask + " as PNG");
            }
            return png.toArray();
        } finally {
            mat.release();
            png.release();
        }
    }
}
