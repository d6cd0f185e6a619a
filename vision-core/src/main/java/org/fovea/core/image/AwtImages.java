package org.fovea.core.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/** Conversions between {@link RgbImage} and AWT's images. */
final class AwtImages {
    private AwtImages() {}

    static RgbImage toRgb(BufferedImage image) {
        byte[] rgb = new byte
                [Math.multiplyExact(RgbImage.CHANNELS, Math.multiplyExact(image.getHeight(), image.getWidth()))];
        if (hasPlainSamples(image.getColorModel())) {
            copySamples(image, rgb);
        } else {
            copyConverted(image, rgb);
        }
        return RgbImage.wrap(image.getHeight(), image.getWidth(), rgb);
    }

    /**
     * Returns whether the stored samples are the pixel values. Gray images need this: {@code getRGB} treats gray as linear
     * light and brightens it.
     */
    private static boolean hasPlainSamples(ColorModel model) {
        int type = model.getTransferType();
        return model instanceof ComponentColorModel
                && !model.isAlphaPremultiplied()
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT)
                && model.getComponentSize(0) == DataBuffer.getDataTypeSize(type)
                && (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                        || model.getColorSpace().isCS_sRGB());
    }

    private static void copySamples(BufferedImage image, byte[] rgb) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        int shift = image.getColorModel().getComponentSize(0) - 8;
        int[] row = new int[bands * image.getWidth()];
        int o = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += bands) {
                rgb[o++] = (byte) (row[i] >> shift);
                rgb[o++] = (byte) (row[i + green] >> shift);
                rgb[o++] = (byte) (row[i + blue] >> shift);
            }
        }
    }

    private static void copyConverted(BufferedImage image, byte[] rgb) {
        int[] row = new int[image.getWidth()];
        int o = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int argb : row) {
                rgb[o++] = (byte) (argb >> 16);
                rgb[o++] = (byte) (argb >> 8);
                rgb[o++] = (byte) argb;
            }
        }
    }

    static BufferedImage fromRgb(RgbImage image) {
        BufferedImage out = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
        byte[] rgb = image.samples();
        for (int i = 0; i < rgb.length; i += RgbImage.CHANNELS) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        return out;
    }
}
