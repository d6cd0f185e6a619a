package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LicenseNoteTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "license: other, true",
        "license: cc-by-nc-sa-4.0, true",
        "license: 'non-commercial', true",
        "license: apache-2.0, false",
        "license: mit, false",
        "tags: nc, false"
    })
    void aLicenseThatMayForbidCommercialUseIsTold(String line, boolean told) throws IOException {
        Files.writeString(
                folder.resolve("README.md"), "---\ntags:\n- vision\n" + line + "\n---\n# A model\nlicense: other\n");
        assertEquals(told, LicenseNote.of(folder).isPresent());
    }

    @Test
    void withoutACardThereIsNothingToTell() {
        assertEquals(true, LicenseNote.of(folder).isEmpty());
    }
}
