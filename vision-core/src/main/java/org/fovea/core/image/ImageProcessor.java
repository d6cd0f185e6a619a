package org.fovea.core.image;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;

/**
 * Turns images into a model's input as the checkpoint's own file says: resize, center crop, rescale, normalize; immutable
 * and thread-safe.
 *
 * <p>The numbers are those of the reference libraries: transformers' for {@code preprocessor_config.json}, timm's for its
 * {@code config.json}.
 *
 * <pre>{@code
 * ImageProcessor processor = ImageProcessor.load(Path.of("vit-base-patch16-224"));
 * Tensor input = processor.process(ImageDecoder.create().decode(Path.of("cat.jpg"))); // [1, C, H, W]
 * }</pre>
 */
public final class ImageProcessor {
    static final int MAX_PIXELS = 65_536;
    private static final double MAX_SAMPLE = 255;

    private final ProcessorSteps steps;
    private final ImageSize size;
    private final float[][] tables;
    private final float[] padding;

    private ImageProcessor(ProcessorSteps steps) {
        this.steps = steps;
        this.size = steps.inputSize();
        int channels = steps.normalization().channels();
        this.tables = new float[channels][];
        this.padding = new float[channels];
        for (int c = 0; c < channels; c++) {
            tables[c] = steps.normalization().table(c);
            padding[c] = steps.framing() == null ? 0 : steps.framing().padding(c, tables[c]);
        }
    }

    /**
     * Loads the processor of a checkpoint.
     *
     * @param directory holds {@code preprocessor_config.json}, {@code processor_config.json} or timm's {@code config.json}
     * @throws ModelFormatException when none of them describes the steps, one is wrong, or the size of the input depends on the
     *     image
     */
    public static ImageProcessor load(Path directory) {
        ImageProcessor processor = loadAnySize(directory);
        if (!processor.hasOneSize()) {
            throw new ModelFormatException(directory + ": preprocessing must end with one size for every image, got \""
                    + processor + "\"; check that config.json and preprocessor_config.json come from the same model");
        }
        return processor;
    }

    /**
     * Loads the processor of a checkpoint whose model requires a fixed size.
     *
     * @param directory as for {@link #load(Path)}
     * @throws ModelFormatException as {@link #load(Path)}, and when its inputs differ from those that the model requires
     */
    public static ImageProcessor load(Path directory, int channels, int height, int width) {
        ImageProcessor processor = load(directory);
        List<Integer> made = List.of(processor.channels(), processor.height(), processor.width());
        List<Integer> taken = List.of(channels, height, width);
        if (!made.equals(taken)) {
            throw new ModelFormatException(directory + ": preprocessing must make the [channels, height, width] that"
                    + " the model takes, got " + made + " and " + taken
                    + ". Check that config.json and preprocessor_config.json come from the same model.");
        }
        return processor;
    }

    /**
     * Loads the processor of a checkpoint whose inputs may have a size that depends on the image, such as ViLT's.
     *
     * @param directory as for {@link #load(Path)}
     * @throws ModelFormatException when no file describes the steps, or one is wrong
     */
    public static ImageProcessor loadAnySize(Path directory) {
        Path config = directory.resolve("config.json");
        Path hub = directory.resolve("preprocessor_config.json");
        if (Files.exists(hub)) {
            return new ImageProcessor(HubSteps.read(ConfigFile.read(hub), modelType(config)));
        }
        Path combined = directory.resolve("processor_config.json");
        if (Files.exists(combined)) {
            Optional<ConfigFile> fields = ConfigFile.read(combined).object("image_processor");
            if (fields.isPresent()) {
                return new ImageProcessor(HubSteps.read(fields.get(), modelType(config)));
            }
        }
        if (Files.exists(config)) {
            ConfigFile fields = ConfigFile.read(config);
            if (TimmSteps.describes(fields)) {
                return new ImageProcessor(TimmSteps.read(fields));
            }
        }
        throw new ModelFormatException(directory + ": a checkpoint must say how images are prepared, in"
                + " preprocessor_config.json or timm's config.json, got neither; download preprocessor_config.json from"
                + " where the checkpoint came from");
    }

    private static String modelType(Path config) {
        return Files.exists(config) ? ConfigFile.read(config).text("model_type").orElse("") : "";
    }

    /**
     * Copy for square inputs of another size: the crop gets the new size, and sizes before it change in proportion.
     *
     * @throws IllegalArgumentException when {@code pixels} is not in [1, 65536]
     */
    public ImageProcessor withImageSize(int pixels) {
        if (pixels < 1 || pixels > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "ImageProcessor: image size must lie in [1, " + MAX_PIXELS + "], got " + pixels);
        }
        return new ImageProcessor(steps.withImageSize(pixels));
    }

    ProcessorSteps steps() {
        return steps;
    }

    /** Returns whether the inputs of all images have the same size. */
    public boolean hasOneSize() {
        return size != null;
    }

    /**
     * Height of the model's input in pixels.
     *
     * @throws IllegalStateException unless {@link #hasOneSize}
     */
    public int height() {
        return oneSize().height();
    }

    /**
     * Width of the model's input in pixels.
     *
     * @throws IllegalStateException unless {@link #hasOneSize}
     */
    public int width() {
        return oneSize().width();
    }

    private ImageSize oneSize() {
        if (size == null) {
            throw new IllegalStateException("ImageProcessor: the inputs must have one size, got \"" + this + "\"");
        }
        return size;
    }

    /** Size of the input for an image. */
    private ImageSize sizeOf(RgbImage image) {
        return size == null ? steps.resize().target(image.height(), image.width()) : size;
    }

    /** Channels of the model's input: 3 for R, G, B or 1 for luma. */
    public int channels() {
        return tables.length;
    }

    /** Mean that is subtracted in each channel, in samples divided by 255. */
    public List<Double> mean() {
        return ofUnitSamples(steps.normalization().mean());
    }

    /** Standard deviation by which each channel is divided, in samples divided by 255. */
    public List<Double> std() {
        return ofUnitSamples(steps.normalization().std());
    }

    private List<Double> ofUnitSamples(List<Double> values) {
        double unit = MAX_SAMPLE * steps.normalization().factor(); // value that a sample of 255 is scaled to
        return values.stream().map(v -> v / unit).toList();
    }

    /** Descriptions of the steps in order, one line each. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        if (channels() == 1) {
            lines.add("convert to gray");
        }
        if (!(steps.resize() instanceof ResizeRule.None)) {
            lines.add(steps.resize() + ", " + steps.filter());
        }
        if (steps.framing() != null) {
            lines.add(steps.framing().toString());
        }
        lines.add(steps.normalization().toString());
        return List.copyOf(lines);
    }

    /**
     * Preprocesses one image of a batch, like {@link #process}, but reports an image that cannot be resized, such as one that
     * is far longer than wide, as an error of this image.
     *
     * @return {@code [1, C, H, W]}
     * @throws ImageException when the image cannot be preprocessed
     */
    public Tensor prepare(RgbImage image) {
        try {
            return process(image);
        } catch (IllegalArgumentException | OutOfMemoryError e) {
            throw new ImageException("the image", "it cannot be prepared for the model: " + e.getMessage(), e);
        }
    }

    /** Preprocesses one image: {@code [1, C, H, W]}, float32. */
    public Tensor process(RgbImage image) {
        return processAll(List.of(image));
    }

    /**
     * Preprocesses several images: {@code [B, C, H, W]}, float32.
     *
     * @throws IllegalArgumentException when there are no images, or their inputs differ in size
     */
    public Tensor processAll(List<RgbImage> images) {
        if (images.isEmpty()) {
            throw new IllegalArgumentException("ImageProcessor: images must not be empty, got none");
        }
        ImageSize each = sizeOf(images.get(0));
        for (RgbImage image : images) {
            if (!sizeOf(image).equals(each)) {
                throw new IllegalArgumentException("ImageProcessor: the inputs of a batch must have one size, got "
                        + each + " and " + sizeOf(image));
            }
        }
        Tensor out = Tensor.zeros(DType.F32, Shape.of(images.size(), channels(), each.height(), each.width()));
        FloatBuffer target = out.buffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        images.forEach(image -> processInto(image, target));
        return out; // [B, C, H, W]
    }

    /**
     * Writes the model's input for one image, {@code [C, H, W]}, at a buffer's position, which advances.
     *
     * @throws IllegalArgumentException when less than {@code C * H * W} floats remain
     */
    public void processInto(RgbImage image, FloatBuffer target) {
        ImageSize input = sizeOf(image);
        if (target.remaining() < (long) channels() * input.height() * input.width()) {
            throw new IllegalArgumentException("ImageProcessor: the buffer must have room for " + channels() + " x "
                    + input + " floats, got " + target.remaining());
        }
        RgbImage source = channels() == 1 ? Luma.of(image) : image;
        ImageSize to = steps.resize().target(image.height(), image.width());
        ResizeAxis rows = window(image.height(), to.height(), top(to.height()), input.height());
        ResizeAxis columns = window(image.width(), to.width(), left(to.width()), input.width());
        RgbImage crop = PillowResize.resize(source, rows, columns, steps.filter());
        int marginTop = rows.from() - top(to.height());
        int marginLeft = columns.from() - left(to.width());
        for (int c = 0; c < channels(); c++) {
            write(crop, c, marginTop, marginLeft, input, target);
        }
    }

    /** Part of a resized axis within the crop. */
    private static ResizeAxis window(int inSize, int outSize, int cropStart, int cropSize) {
        int from = Math.max(0, cropStart);
        int end = (int) Math.min(outSize, (long) cropStart + cropSize);
        return new ResizeAxis(inSize, outSize, from, end - from);
    }

    /** Writes one channel of the crop within its padding. */
    private void write(RgbImage crop, int channel, int marginTop, int marginLeft, ImageSize input, FloatBuffer target) {
        byte[] samples = crop.samples();
        float[] table = tables[channel];
        float[] margin = new float[input.width()];
        Arrays.fill(margin, padding[channel]);
        float[] row = margin.clone();
        int i = channel;
        for (int y = -marginTop; y < input.height() - marginTop; y++) {
            if (y < 0 || y >= crop.height()) {
                target.put(margin);
                continue;
            }
            for (int x = marginLeft; x < marginLeft + crop.width(); x++, i += RgbImage.CHANNELS) {
                row[x] = table[samples[i] & 0xff];
            }
            target.put(row);
        }
    }

    private int top(int resizedHeight) {
        return steps.framing() == null ? 0 : steps.framing().top(resizedHeight);
    }

    private int left(int resizedWidth) {
        return steps.framing() == null ? 0 : steps.framing().left(resizedWidth);
    }

    /** Part of the image that the model's input shows. */
    public InputGeometry geometry(RgbImage image) {
        ImageSize resized = steps.resize().target(image.height(), image.width());
        double rows = (double) image.height() / resized.height();
        double columns = (double) image.width() / resized.width();
        int top = top(resized.height());
        int left = left(resized.width());
        ImageSize input = sizeOf(image);
        return new InputGeometry(
                left * columns,
                top * rows,
                ((double) left + input.width()) * columns,
                ((double) top + input.height()) * rows);
    }

    /** Description of the steps in one line. */
    @Override
    public String toString() {
        return String.join("; ", describe());
    }
}
