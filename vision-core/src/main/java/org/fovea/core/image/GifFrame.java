package org.fovea.core.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.Node;

/** Decodes a GIF's first frame with ImageIO, as OpenCV 4.9 has no decoder for it. */
final class GifFrame {
    private GifFrame() {}

    static RgbImage decode(ImageBytes file) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file.array()))) {
            reader.setInput(in, true);
            BufferedImage frame = reader.read(0);
            Node metadata = reader.getImageMetadata(0).getAsTree("javax_imageio_gif_image_1.0");
            Node descriptor = metadata.getFirstChild();
            return onScreen(
                    RgbImage.from(frame),
                    file,
                    number(descriptor, "imageLeftPosition"),
                    number(descriptor, "imageTopPosition"));
        } catch (IOException | RuntimeException e) {
            throw new ImageException(
                    file.source(),
                    "the file is damaged: its GIF data does not decode (" + e.getMessage()
                            + "); copy or download it again",
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static int number(Node node, String attribute) {
        return Integer.parseInt(node.getAttributes().getNamedItem(attribute).getNodeValue());
    }

    /** Places the frame on the GIF's screen, which may be larger; uncovered pixels are black. */
    private static RgbImage onScreen(RgbImage frame, ImageBytes file, int left, int top) {
        int width = file.u16le(6);
        int height = file.u16le(8);
        if (left == 0 && top == 0 && width == frame.width() && height == frame.height()) {
            return frame;
        }
        byte[] screen = new byte[RgbImage.CHANNELS * height * width];
        int columns = Math.max(0, Math.min(frame.width(), width - left));
        for (int y = 0; y < Math.min(frame.height(), height - top); y++) {
            System.arraycopy(
                    frame.samples(),
                    RgbImage.CHANNELS * y * frame.width(),
                    screen,
                    RgbImage.CHANNELS * ((top + y) * width + left),
                    RgbImage.CHANNELS * columns);
        }
        return RgbImage.wrap(height, width, screen);
    }
}
