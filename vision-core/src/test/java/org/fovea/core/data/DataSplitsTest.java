package org.fovea.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fovea.core.image.ImageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSplitsTest {
    @TempDir
    Path directory;

    private Path folder() throws IOException {
        Path root = directory.resolve("pets");
        for (int i = 0; i < 4; i++) {
            TestImages.write(root.resolve("train/dog/d" + i + ".png"), i);
            TestImages.write(root.resolve("train/cat/c" + i + ".png"), 10 + i);
        }
        TestImages.write(root.resolve("test/cat/t.png"), 20);
        Files.writeString(root.resolve("train/cat/notes.txt"), "no image");
        Files.writeString(root.resolve("train/cat/.hidden.png"), "no image");
        return root;
    }

    private static void assertPets(DataSplits splits) throws IOException {
        assertEquals(Set.of("test", "train"), splits.names());
        assertTrue(splits.toString().endsWith(": test 1, train 8 images of 2 classes"), splits.toString());
        assertEquals(List.of("cat", "dog"), splits.classNames());
        ImageDataset train = splits.get("train");
        assertArrayEquals(new int[] {4, 4}, train.counts());
        LabeledImage first = train.samples().get(0);
        assertTrue(first.name().endsWith("train/cat/c0.png"), first.name());
        assertEquals(
                TestImages.noise(8, 8, 10),
                ImageDecoder.create().decode(first.source().read(), "c0"));
        assertArrayEquals(new int[] {1, 0}, splits.get("test").counts());
    }

    @Test
    void openReadsAFolder() throws IOException {
        try (DataSplits splits = DataSplits.open(folder())) {
            assertPets(splits);
        }
    }

    @Test
    void openReadsAZipOfTheSame() throws IOException {
        Path zip = directory.resolve("pets.zip");
        TestImages.zip(folder(), zip);
        try (DataSplits splits = DataSplits.open(zip)) {
            assertPets(splits);
        }
    }

    @Test
    void openReadsAZipThatWrapsAllInOneFolder() throws IOException {
        Path outer = directory.resolve("outer");
        Files.createDirectories(outer);
        Files.move(folder(), outer.resolve("pets"));
        Path zip = directory.resolve("wrapped.zip");
        TestImages.zip(outer, zip);
        try (DataSplits splits = DataSplits.open(zip)) {
            assertPets(splits);
        }
    }

    @Test
    void emptyClassFolderIsNamed() throws IOException {
        Path root = folder();
        Files.createDirectories(root.resolve("train/bird"));
        assertError("every class folder must hold at least one image, got none in [train/bird]", root);
        Path zip = directory.resolve("empty.zip");
        TestImages.zip(root, zip);
        assertError("got none in [train/bird]", zip);
    }

    private static void assertError(String text, Path data) {
        DataSetException e = assertThrows(DataSetException.class, () -> DataSplits.open(data));
        assertTrue(e.getMessage().contains(text), e.getMessage());
    }

    @Test
    void badPathsAndLayoutsAreErrors() throws IOException {
        assertError("there is no such file", directory.resolve("nowhere"));
        Files.createDirectories(directory.resolve("void"));
        assertError("must hold images as train/<class>/*.jpg, got none", directory.resolve("void"));
        Files.writeString(directory.resolve("text.zip"), "text");
        assertError("no whole zip", directory.resolve("text.zip"));
        Path root = folder();
        TestImages.write(root.resolve("train/stray.png"), 1);
        assertError("images must lie in split/class/ or all in class/, got train/stray.png", root);
    }

    @Test
    void folderWithoutSplitsSaysHow() throws IOException {
        Path root = folder().resolve("train");
        try (DataSplits splits = DataSplits.open(root)) {
            DataSetException e = assertThrows(DataSetException.class, () -> splits.get("train"));
            assertTrue(e.getMessage().contains("as train/<class>/*.jpg, got class folders without splits"));
            assertTrue(e.getMessage().contains("set a share of each class aside"), e.getMessage());
            assertEquals(8, splits.get(DataSplits.UNDIVIDED).size());
        }
    }

    @Test
    void unknownSplitListsTheOthers() throws IOException {
        try (DataSplits splits = DataSplits.open(folder())) {
            DataSetException e = assertThrows(DataSetException.class, () -> splits.get("val"));
            assertTrue(e.getMessage().contains("needs the split val, got only [test, train]"), e.getMessage());
        }
    }

    @Test
    void withValidationKeepsTheShareOfEachClass() throws IOException {
        try (DataSplits splits = DataSplits.open(folder())) {
            DataSplits divided = splits.withValidation("train", 0.25, 1);
            assertEquals(Set.of("test", "train", "val"), divided.names());
            assertArrayEquals(new int[] {3, 3}, divided.get("train").counts());
            assertArrayEquals(new int[] {1, 1}, divided.get("val").counts());
            Set<String> names = new HashSet<>();
            divided.get("train").samples().forEach(s -> names.add(s.name()));
            divided.get("val").samples().forEach(s -> names.add(s.name()));
            assertEquals(8, names.size());
            assertEquals(
                    divided.get("val").samples().stream()
                            .map(LabeledImage::name)
                            .toList(),
                    splits.withValidation("train", 0.25, 1).get("val").samples().stream()
                            .map(LabeledImage::name)
                            .toList());
            assertThrows(IllegalArgumentException.class, () -> splits.withValidation("train", Double.NaN, 1));
            assertThrows(DataSetException.class, () -> divided.withValidation("train", 0.25, 1));
            DataSetException e = assertThrows(DataSetException.class, () -> splits.withValidation("test", 0.5, 1));
            assertTrue(e.getMessage().contains("at least 2 images of each class, got 1 of cat"), e.getMessage());
        }
    }
}
