package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.ModelFormatException;
import org.fovea.core.config.ConfigFile;
import org.junit.jupiter.api.Test;

/** Classes of the reference that tell models of one type apart. */
class ArchitecturesTest {
    private static final Architectures CAPTIONERS = new Architectures("a captioner", List.of("ForCaptions"), "Cure.");
    private static final Architectures CLASSIFIERS =
            new Architectures("a classifier", List.of("*Classification", "*Teacher"), "Cure.");

    private record Family(Architectures architectures) implements ModelFamily<String> {
        @Override
        public List<String> names() {
            return List.of("seer");
        }

        @Override
        public String read(ConfigFile config) {
            return architectures.kind();
        }
    }

    private static final Family CAPTIONER = new Family(CAPTIONERS);
    private static final Family CLASSIFIER = new Family(CLASSIFIERS);

    private static ConfigFile file(String... architectures) {
        return ConfigFile.of(
                Path.of("config.json"), Map.of("model_type", "seer", "architectures", List.of(architectures)));
    }

    @Test
    void namesMatchWholeOrByTheirEnd() {
        assertTrue(CAPTIONERS.match(file("ForCaptions")));
        assertFalse(CAPTIONERS.match(file("SeerForCaptions")));
        assertTrue(CLASSIFIERS.match(file("SeerForClassification")));
        assertEquals(Optional.of("SeerTeacher"), CLASSIFIERS.found(file("Other", "SeerTeacher")));
        assertFalse(CLASSIFIERS.match(file("Other")));
    }

    @Test
    void aFileThatNamesNoneMatches() {
        assertDoesNotThrow(() -> CAPTIONERS.check(file()));
        assertEquals(Optional.empty(), CAPTIONERS.found(file()));
    }

    @Test
    void familiesOfOneTypeAreToldApart() {
        ModelFamilies<Family> both = new ModelFamilies<>("models", List.of(CAPTIONER, CLASSIFIER));
        assertSame(CLASSIFIER, both.of(file("SeerForClassification")));
        assertSame(CAPTIONER, both.of(file("ForCaptions")));
        assertFalse(both.canRead(file("SeerModel")));
    }

    @Test
    void anotherClassIsNamedWithRuleAndCure() {
        ModelFamilies<Family> one = new ModelFamilies<>("models", List.of(CAPTIONER));
        String text = assertThrows(ModelFormatException.class, () -> one.of(file("SeerModel")))
                .getMessage();
        assertTrue(text.contains("\"architectures\" must name a captioner, ForCaptions, got [SeerModel]"), text);
        assertTrue(text.endsWith("Cure."), text);
    }
}
