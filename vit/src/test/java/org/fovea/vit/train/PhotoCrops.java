package org.fovea.vit.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.fovea.core.data.BatchIterator;
import org.fovea.core.data.ClassificationBatch;
import org.fovea.core.data.ClassificationSource;
import org.fovea.core.data.augment.RandomResizedCrop;
import org.fovea.core.image.ImageDecoder;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vit.Fixtures;

/**
 * Crops of the fixtures' photographs, one and the same batch of them in every step, with labels drawn at random: nothing but the images
 * themselves tells which label is whose.
 */
record PhotoCrops(int side, ClassificationBatch batch, int batchesPerEpoch) implements ClassificationSource {
    static final int CLASSES = 10;

    static PhotoCrops of(int images, int side) {
        List<RgbImage> photos = new ArrayList<>();
        for (String name : List.of("vit-hf", "deit-hf", "dinov2-hf", "vit-timm")) {
            photos.add(ImageDecoder.create().decode(Fixtures.image(name)));
        }
        RandomResizedCrop crop = RandomResizedCrop.of(side, 0.05, 0.3);
        SplittableRandom random = new SplittableRandom(1);
        Tensor pixels = Tensor.zeros(DType.F32, Shape.of(images, 3, side, side));
        Tensor targets = Tensor.zeros(DType.F32, Shape.of(images, CLASSES));
        int[] labels = new int[images];
        int plane = side * side;
        for (int i = 0; i < images; i++) {
            byte[] rgb = crop.apply(photos.get(i % photos.size()), random).toBytes();
            for (int p = 0; p < rgb.length; p++) {
                float level = (rgb[p] & 0xff) / 127.5f - 1;
                pixels.buffer().asFloatBuffer().put((i * 3 + p % 3) * plane + p / 3, level);
            }
            labels[i] = random.nextInt(CLASSES);
            targets.buffer().asFloatBuffer().put(i * CLASSES + labels[i], 1);
        }
        return new PhotoCrops(side, new ClassificationBatch(pixels, targets, labels), 1);
    }

    /** The same with so many steps in an epoch. */
    PhotoCrops times(int steps) {
        return new PhotoCrops(side, batch, steps);
    }

    @Override
    public List<String> classNames() {
        return IntStream.range(0, CLASSES).mapToObj(i -> "class " + i).toList();
    }

    @Override
    public Shape imageShape() {
        return Shape.of(3, side, side);
    }

    @Override
    public int batchSize() {
        return batch.count();
    }

    @Override
    public BatchIterator<ClassificationBatch> batches(int epoch, int firstBatch) {
        return BatchIterator.of(firstBatch, batchesPerEpoch, number -> batch);
    }

    @Override
    public void close() {}
}
