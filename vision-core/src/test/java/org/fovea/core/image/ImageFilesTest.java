package org.fovea.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    @TempDir
    Path folder;

    private List<ImageInput> find(String list, Object... names) {
        return ImageFiles.find(
                        List.of(names).stream().map(Object::toString).toList(),
                        new BufferedReader(new StringReader(list)))
                .toList();
    }

    @Test
    void findGivesFilesFoldersAndListsInOrder() throws IOException {
        Path inner = Files.createDirectories(folder.resolve("a"));
        for (String name : List.of("b.JPG", "a/z.png", "notes.txt", "scan.dib")) {
            Files.writeString(folder.resolve(name), "");
        }
        Path odd = folder.resolve("notes.txt");
        assertEquals(
                List.of(
                                odd,
                                inner.resolve("z.png"),
                                inner.resolve("z.png"),
                                folder.resolve("b.JPG"),
                                folder.resolve("scan.dib"))
                        .stream()
                        .map(Path::toString)
                        .toList(),
                find("\n" + inner + "\n", odd, "-", folder).stream()
                        .map(ImageInput::name)
                        .toList());
    }

    @Test
    void namesWithoutImagesSayWhyWhenRead() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        ImageInput none = find("", empty).get(0);
        assertEquals(empty.toString(), none.name());
        ImageException e = assertThrows(ImageException.class, () -> none.read(ImageDecoder.create()));
        assertTrue(e.problem().startsWith("holds no image; one must end in bmp, dib, gif"), e.problem());
        assertEquals(empty.toString(), e.source());
        assertTrue(find("", "no\0path").get(0) instanceof ImageInput.Unusable);
    }
}
