package org.fovea.core.image;

import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Conversions between {@link RgbImage} and OpenCV's matrices; every matrix made here is released here. */
final class Mats {
    /**
     * Compression level, zlib's default: fewer bytes than OpenCV's own choice, while the highest level takes ten times as long
     * and saves 6% on a figure of heat maps.
     */
    private static final int PNG_COMPRESSION = 6;

    /**
     * Shift that makes {@code round(v / 256 + UPPER_BYTE_SHIFT)} equal to {@code v >> 8} for every 16-bit {@code v}, without
     * ties.
     */
    private static final double UPPER_BYTE_SHIFT = -127.5 / 256;

    private Mats() {}

    static RgbImage toRgb(Mat mat) {
        OpenCvLibrary.load();
        if (mat.empty() || mat.dims() != 2 || conversion(mat.channels()) < 0 || !isUnsigned(mat.depth())) {
            throw new IllegalArgumentException(
                    "RgbImage: a Mat must have rows and columns, 8 or 16 unsigned bits, and 1"
                            + " (gray), 3 (BGR) or 4 (BGRA) channels, got " + mat.rows() + " x " + mat.cols() + " of "
                            + CvType.typeToString(mat.type()) + "; convert it with Mat.convertTo or Imgproc.cvtColor");
        }
        Mat bytes = new Mat();
        Mat rgb = new Mat();
        try {
            boolean wide = mat.depth() == CvType.CV_16U;
            if (wide) {
                mat.convertTo(bytes, CvType.CV_8U, 1.0 / 256, UPPER_BYTE_SHIFT);
            }
            Imgproc.cvtColor(wide ? bytes : mat, rgb, conversion(mat.channels()));
            byte[] samples = new byte[Math.toIntExact(RgbImage.CHANNELS * rgb.total())];
            rgb.get(0, 0, samples);
            return RgbImage.wrap(rgb.rows(), rgb.cols(), samples);
        } finally {
            bytes.release();
            rgb.release();
        }
    }

    private static boolean isUnsigned(int depth) {
        return depth == CvType.CV_8U || depth == CvType.CV_16U;
    }

    private static int conversion(int channels) {
        return switch (channels) {
            case 1 -> Imgproc.COLOR_GRAY2RGB;
            case 3 -> Imgproc.COLOR_BGR2RGB;
            case 4 -> Imgproc.COLOR_BGRA2RGB;
            default -> -1;
        };
    }

    static byte[] encodePng(RgbImage image) {
        OpenCvLibrary.load();
        Mat mat = new Mat(image.height(), image.width(), CvType.CV_8UC3);
        MatOfByte png = new MatOfByte();
        MatOfInt smaller = new MatOfInt(Imgcodecs.IMWRITE_PNG_COMPRESSION, PNG_COMPRESSION);
        try {
            mat.put(0, 0, image.samples());
            Imgproc.cvtColor(mat, mat, Imgproc.COLOR_RGB2BGR);
            if (!Imgcodecs.imencode(".png", mat, png, smaller)) {
                throw new IllegalStateException("OpenCV could not encode " + image + " as PNG");
            }
            return png.toArray();
        } finally {
            mat.release();
            png.release();
            smaller.release();
        }
    }
}
