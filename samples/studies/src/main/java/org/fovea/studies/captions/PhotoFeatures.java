package org.fovea.studies.captions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.fovea.captioning.train.CaptionedImage;
import org.fovea.core.backend.Backend;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.data.augment.RandomResizedCrop;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.ImageProcessor;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.VisionEncoder;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.weights.SafetensorsFile;
import org.fovea.core.weights.SafetensorsWriter;
import org.fovea.vit.hub.PretrainedEncoder;

/**
 * Maps of features of photographs as they are and of random parts of them, and of the mirror images of both, computed once and kept
 * in a file, which stays on disk and is read where it is asked for.
 */
final class PhotoFeatures implements AutoCloseable {
    private static final String PIXELS = "pixels";
    private static final String MAP = "map";
    private static final int PARTS = 5;
    private static final int VIEWS = 2 * (1 + PARTS); // each and its mirror image

    /** A part of a photograph, as large as the encoder's processor takes it before its central crop. */
    private static final RandomResizedCrop PART = RandomResizedCrop.of(256, 0.5, 1);

    private final SafetensorsFile file;

    private PhotoFeatures(SafetensorsFile file) {
        this.file = file;
    }

    /**
     * Opens the file, or makes it where it is missing.
     *
     * @param file of these photographs
     * @param encoder directory of a checkpoint
     * @throws IOException when it cannot be written
     */
    static PhotoFeatures open(Path file, Path encoder, List<CaptionedImage> photos, Backend backend)
            throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (PretrainedEncoder pretrained = PretrainedEncoder.open(encoder);
                    Program program =
                            backend.compile(graph(pretrained.encoder()), pretrained.parameters(), Precision.F32)) {
                ImageProcessor processor = ImageProcessor.load(encoder);
                ImageDecoder decoder = ImageDecoder.create();
                write(file, photos, photo -> views(photo, photo.decode(decoder), processor, program));
            }
        }
        return new PhotoFeatures(SafetensorsFile.open(file));
    }

    private static Graph graph(VisionEncoder encoder) {
        Graph graph = new Graph();
        Value pixels = graph.input(PIXELS, VIEWS, encoder.channels(), encoder.imageHeight(), encoder.imageWidth());
        graph.output(MAP, encoder.build(Scope.of(graph), pixels).featureMap());
        return graph;
    }

    private static Tensor views(CaptionedImage photo, RgbImage image, ImageProcessor processor, Program program) {
        SplittableRandom random = new SplittableRandom(photo.name().hashCode());
        List<Tensor> pixels = new ArrayList<>();
        for (int i = 0; i <= PARTS; i++) {
            Tensor view = processor.process(i == 0 ? image : PART.apply(image, random));
            pixels.add(view);
            pixels.add(mirrored(view));
        }
        return program.run(Map.of(PIXELS, Tensor.stack(pixels, VIEWS))).get(MAP);
    }

    /** Pixels {@code [1, C, H, W]} from right to left. */
    static Tensor mirrored(Tensor pixels) {
        float[] from = pixels.toFloats();
        int width = pixels.shape().dim(3);
        float[] out = new float[from.length];
        for (int i = 0; i < out.length; i++) {
            int x = i % width;
            out[i] = from[i - x + width - 1 - x];
        }
        return Tensor.of(out, pixels.shape().toArray());
    }

    private static void write(Path file, List<CaptionedImage> photos, Function<CaptionedImage, Tensor> views)
            throws IOException {
        Shape shape = views.apply(photos.get(0)).shape();
        SafetensorsWriter writer = new SafetensorsWriter();
        photos.forEach(photo -> writer.add(photo.name(), DType.F32, shape, () -> views.apply(photo)));
        writer.write(file);
    }

    /** Shape of a map, {@code [1, C, H, W]}. */
    Shape shape() {
        return file.info(file.names().iterator().next()).shape().with(0, 1);
    }

    /**
     * The map of a photograph.
     *
     * @return {@code [1, C, H, W]}
     */
    Tensor of(CaptionedImage photo) {
        return view(photo, 0);
    }

    /** The map of a photograph or a part of it, mirrored or not. */
    Tensor of(CaptionedImage photo, RandomGenerator random) {
        return view(photo, random.nextInt(VIEWS));
    }

    private Tensor view(CaptionedImage photo, int number) {
        return file.tensor(photo.name()).rows(number, number + 1);
    }

    /** The maps of some photographs, one after another. */
    Tensor of(List<CaptionedImage> photos) {
        return Tensor.stack(photos.stream().map(this::of).toList(), photos.size());
    }

    /** The mean map of all views of some photographs, {@code [1, C, H, W]}. */
    Tensor mean(List<CaptionedImage> photos) {
        Shape shape = shape();
        double[] sum = new double[(int) shape.size()];
        for (CaptionedImage photo : photos) {
            float[] views = file.tensor(photo.name()).toFloats();
            for (int i = 0; i < views.length; i++) {
                sum[i % sum.length] += views[i];
            }
        }
        float[] out = new float[sum.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (sum[i] / (VIEWS * photos.size()));
        }
        return Tensor.of(out, shape.toArray());
    }

    @Override
    public void close() {
        file.close();
    }
}
