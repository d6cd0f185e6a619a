package org.fovea.core.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fovea.core.image.RgbImage;

/** Small images and data sets of them. */
public final class TestImages {
    private TestImages() {}

    /** Noise. */
    public static RgbImage noise(int height, int width, long seed) {
        byte[] samples = new byte[3 * height * width];
        new SplittableRandom(seed).nextBytes(samples);
        return RgbImage.of(height, width, samples);
    }

    /** A PNG file of noise, in directories that are made. */
    public static Path write(Path file, long seed) throws IOException {
        Files.createDirectories(file.getParent());
        noise(8, 8, seed).writePng(file);
        return file;
    }

    /** Two classes, cat and dog in turn, of 8 x 8 noise in memory. */
    public static ImageDataset dataset(int count) {
        List<LabeledImage> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] png = noise(8, 8, i).toPng();
            samples.add(new LabeledImage("image" + i, i % 2, () -> png));
        }
        return new ImageDataset("noise", List.of("cat", "dog"), samples);
    }

    /** The same with other bytes in place of some images. */
    public static ImageDataset withBroken(int count, List<Integer> broken) {
        ImageDataset whole = dataset(count);
        List<LabeledImage> samples = new ArrayList<>(whole.samples());
        broken.forEach(i -> samples.set(i, new LabeledImage("broken" + i, i % 2, () -> new byte[] {1, 2, 3})));
        return new ImageDataset(whole.name(), whole.classNames(), samples);
    }

    /** Packs a directory's files and directories. */
    public static void zip(Path directory, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream zip = new ZipOutputStream(out);
                Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> !f.equals(directory)).sorted().toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                boolean folder = Files.isDirectory(file);
                zip.putNextEntry(new ZipEntry(folder ? name + "/" : name));
                if (!folder) {
                    zip.write(Files.readAllBytes(file));
                }
            }
        }
    }
}
