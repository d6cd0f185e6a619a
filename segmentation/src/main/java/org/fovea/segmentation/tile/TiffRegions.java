package org.fovea.segmentation.tile;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.fovea.core.image.ImageException;
import org.fovea.core.image.RgbImage;

/** A TIFF file of any size, of which only the parts that are asked for are decoded. Not thread-safe. */
public final class TiffRegions implements RegionSource {
    private final String source;
    private final TiffDirectory directory;
    private final FileImageInputStream stream;
    private final ImageReader reader;

    private TiffRegions(String source, TiffDirectory directory, FileImageInputStream stream, ImageReader reader) {
        this.source = source;
        this.directory = directory;
        this.stream = stream;
        this.reader = reader;
    }

    /**
     * Opens a file.
     *
     * @throws ImageException when it is no TIFF file, cannot be read, contradicts itself, or is turned
     */
    public static TiffRegions open(Path file) {
        TiffDirectory directory = TiffDirectory.read(file);
        String source = file.toString();
        if (!directory.isUpright()) {
            throw new ImageException(
                    source, "a TIFF that is read in parts must be stored upright, got another orientation; rewrite it");
        }
        FileImageInputStream stream = null;
        try {
            stream = new FileImageInputStream(file.toFile());
            ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
            reader.setInput(stream);
            return new TiffRegions(source, directory, stream, reader);
        } catch (IOException e) {
            close(stream);
            throw new ImageException(source, "reading failed: " + e, e);
        }
    }

    /** The directory that it was opened with. */
    public TiffDirectory directory() {
        return directory;
    }

    @Override
    public int height() {
        return directory.height();
    }

    @Override
    public int width() {
        return directory.width();
    }

    @Override
    public RgbImage read(int top, int left, int height, int width) {
        try {
            ImageReadParam part = reader.getDefaultReadParam();
            part.setSourceRegion(new Rectangle(left, top, width, height));
            return RgbImage.from(reader.read(0, part));
        } catch (IOException | RuntimeException e) { // the reader throws all kinds of them on damaged files
            throw new ImageException(
                    source, "its part at row " + top + ", column " + left + " does not decode: " + e, e);
        }
    }

    @Override
    public void close() {
        reader.dispose();
        close(stream);
    }

    private static void close(FileImageInputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException e) {
            // it was only read
        }
    }
}
