package org.fovea.captioning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.fovea.core.data.DataSetException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images are found, not decoded: their files hold a letter. */
class CaptionDataTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeImages() throws IOException {
        for (String name : List.of("a.jpg", "images/b.jpg", "val2014/c.jpg")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private Path list(String name, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        return Files.writeString(folder.resolve(name), String.join("\n", lines));
    }

    @Test
    void readsJsonLines() throws IOException {
        Path list = list(
                "photos.jsonl",
                "{\"image\": \"a.jpg\", \"captions\": [\"A dog isn't here.\", \"Grass!\"], \"objects\": []}",
                "",
                "{\"image\": \"b.jpg\", \"captions\": \"a cat\", \"split\": \"val\"}");
        try (CaptionData data = CaptionData.open(list)) {
            assertEquals(Set.of("all", "val"), data.splits().names());
            CaptionedImage a = data.splits().get("all").get(0);
            assertEquals("a.jpg", a.name());
            assertEquals(List.of("A dog isn't here.", "Grass!"), a.captions());
            assertEquals(List.of("a dog is n't here", "grass"), a.words());
            CaptionedImage b = data.splits().get("val").get(0);
            assertEquals("images/b.jpg", b.name());
            assertArrayEquals(
                    "images/b.jpg".getBytes(StandardCharsets.UTF_8), b.source().read());
        }
    }

    @Test
    void linesOfOneImageAreTakenTogether() throws IOException {
        Path list = list(
                "photos.jsonl",
                "{\"image\": \"a.jpg\", \"captions\": [\"one\"]}",
                "{\"image\": \"a.jpg\", \"captions\": [\"two\"]}");
        try (CaptionData data = CaptionData.open(list)) {
            assertEquals(List.of("one", "two"), data.splits().get("all").get(0).captions());
        }
    }

    @Test
    void readsTheDivisionsOfKarpathy() throws IOException {
        Path list = list("dataset_coco.json", """
                {"dataset": "coco", "other": {"images": [1]}, "images": [
                 {"filepath": "val2014", "filename": "c.jpg", "imgid": 0, "split": "restval",
                  "sentences": [{"tokens": ["a", "man"], "raw": "A man.", "imgid": 0}, {"tokens": ["some", "one"]}]},
                 {"filename": "b.jpg", "split": "test", "sentences": [{"raw": "A ship"}]}]}""");
        try (CaptionData data = CaptionData.open(list)) {
            assertEquals(Set.of("train", "test"), data.splits().names());
            CaptionedImage c = data.splits().get("train").get(0);
            assertEquals("val2014/c.jpg", c.name());
            assertEquals(List.of("A man.", "some one"), c.captions());
            assertEquals("images/b.jpg", data.splits().get("test").get(0).name());
        }
    }

    @Test
    void readsAFolderOfSplits() throws IOException {
        list("train/captions.jsonl", "{\"image\": \"x.jpg\", \"captions\": [\"one\"]}");
        list("train/images/x.jpg", "x");
        list("val/captions.jsonl", "{\"image\": \"images/y.jpg\", \"captions\": [\"two\"]}");
        list("val/images/y.jpg", "y");
        try (CaptionData data = CaptionData.open(folder)) {
            assertEquals(Set.of("train", "val"), data.splits().names());
            assertEquals("train/images/x.jpg", data.splits().get("train").get(0).name());
        }
    }

    @Test
    void readsAZipFile() throws IOException {
        Path zip = folder.resolve("photos.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("captions.json"));
            out.write("[{\"image\": \"d.jpg\", \"split\": \"train\", \"captions\": [\"a door\"]}]"
                    .getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("images/d.jpg"));
            out.write('d');
        }
        try (CaptionData data = CaptionData.open(zip)) {
            CaptionedImage d = data.splits().get("train").get(0);
            assertEquals("images/d.jpg", d.name());
            assertArrayEquals(new byte[] {'d'}, d.source().read());
        }
    }

    private static void refused(Path data, String... texts) {
        DataSetException error = assertThrows(DataSetException.class, () -> CaptionData.open(data));
        for (String text : texts) {
            assertTrue(error.getMessage().contains(text), error.getMessage());
        }
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    }

    @Test
    void wrongLinesAreNamed() throws IOException {
        String good = "{\"image\": \"a.jpg\", \"captions\": [\"one\"]}";
        refused(list("l.jsonl", good, "image: a.jpg"), "l.jsonl, line 2: must be JSON", "got 'image: a.jpg'");
        refused(list("l.jsonl", good, good + "}"), "line 2: must be JSON");
        refused(list("l.jsonl", "[1]"), "line 1: must be an object {\"image\"", "got [1]");
        refused(list("l.jsonl", "{\"captions\": [\"one\"]}"), "line 1: must give a text as \"image\", got none");
        refused(list("l.jsonl", "{\"image\": 7, \"captions\": [\"one\"]}"), "\"image\", got 7");
        refused(list("l.jsonl", "{\"image\": \"a.jpg\"}"), "must give a list of texts as \"captions\", got none");
        refused(list("l.jsonl", "{\"image\": \"a.jpg\", \"captions\": [1]}"), "must give texts as \"captions\", got 1");
        refused(list("l.jsonl", "{\"image\": \"a.jpg\", \"captions\": []}"), "line 1: must have at least 1 caption");
        refused(
                list("l.jsonl", "{\"image\": \"a.jpg\", \"captions\": [\" .\"]}"),
                "a caption must have words, got ' .'");
        refused(list("l.jsonl", ""), "l.jsonl: must list images, got none");
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, good.replace("one", "\u00fcber").getBytes(StandardCharsets.ISO_8859_1));
        refused(latin, "must be text in UTF-8");
    }

    @Test
    void missingImagesAreCountedAndTheFirstIsNamed() throws IOException {
        String line = "{\"image\": \"none/%s.jpg\", \"captions\": [\"one\"]}";
        refused(
                list("l.jsonl", String.format(line, "x"), String.format(line, "y")),
                "line 1: none/x.jpg must be an image below " + folder,
                "nor of 1 others");
    }

    @Test
    void wrongFilesAreNamed() throws IOException {
        refused(list("k.json", "{\"annotations\": []}"), "k.json: must be an array", "hold one as \"images\"");
        refused(list("k.json", "[{\"image\": \"a.jpg\",,}]"), "k.json, line 1: must be JSON");
        refused(list("k.json", "[3]"), "k.json, object 1: must be an object");
        refused(folder.resolve("nowhere.jsonl"), "there is no such file or directory");
        refused(folder.resolve("images"), "must hold a list of images and captions");
        refused(list("text.txt", "no zip"), "must be a directory, a zip file");
    }

    @Test
    void splitsThatAreNotThereAreNamed() throws IOException {
        try (CaptionData data = CaptionData.open(
                list("l.jsonl", "{\"image\": \"a.jpg\", \"split\": \"dev\", \"captions\": [\"x\"]}"))) {
            DataSetException error =
                    assertThrows(DataSetException.class, () -> data.splits().get("val"));
            assertTrue(error.getMessage().contains("l.jsonl: needs the split val, got only [dev]"), error.getMessage());
            error = assertThrows(DataSetException.class, () -> data.splits().divide("dev", 0.1, 1));
            assertTrue(error.getMessage().contains("at least 2 images, got 1"), error.getMessage());
        }
    }
}
