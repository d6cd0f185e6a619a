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
    /** Approximate number of rows that are decoded together. */
    private static final int ROWS = 256;

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
     * @throws ImageException when it is not a TIFF file, cannot be read, is inconsistent, or is not stored upright
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

    /** Directory of the file. */
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
    public int rowsAtOnce() {
        return block() * Math.max(1, ROWS / block());
    }

    private int block() {
        return (int) Math.min(ROWS, directory.blockHeight());
    }

    /**
     * {@inheritDoc} Decodes whole rows of tiles and crops them: for parts that end between two columns, the library's reader
     * fails on tiled files.
     */
    @Override
    public RgbImage read(int top, int left, int height, int width) {
        int first = top / block() * block();
        int end = (int) Math.min(height(), ((long) top + height + block() - 1) / block() * block());
        RgbImage rows = decode(new Rectangle(0, first, width(), end - first));
        boolean whole = rows.height() == height && rows.width() == width;
        return whole ? rows : RegionSource.of(rows).read(top - first, left, height, width);
    }

    private RgbImage decode(Rectangle part) {
        try {
            ImageReadParam wanted = reader.getDefaultReadParam();
            wanted.setSourceRegion(part);
            return RgbImage.from(reader.read(0, wanted));
        } catch (IOException | RuntimeException e) { // the reader throws any of them on damaged files
            throw new ImageException(source, "its rows from " + part.y + " on do not decode: " + e, e);
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
            // nothing is lost: the file was only read
        }
    }
}
