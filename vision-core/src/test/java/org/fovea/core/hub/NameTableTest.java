package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameTableTest {
    private static final NameTable TABLE = NameTable.under("tower.")
            .row("patches", "embed.proj")
            .stored("patches.weight", Shape.of(8, 3, 2, 2))
            .row("blocks.*.norm1", "layer.*.ln")
            .row("blocks.*.attention.qkv", "layer.*.q", "layer.*.k", "layer.*.v")
            .row("stages.*.blocks.*.scale", "layers.*.inner.*.gamma")
            .row("conv.0", "first")
            .outside("head", "classifier")
            .build();

    @ParameterizedTest
    @CsvSource({
        "patches.weight, tower.embed.proj.weight",
        "blocks.11.norm1.scale, tower.layer.11.ln.weight",
        "blocks.2.norm1.shift, tower.layer.2.ln.bias",
        "stages.1.blocks.20.scale, tower.layers.1.inner.20.gamma",
        "conv.0.bias, tower.first.bias",
        "head.bias, classifier.bias",
    })
    void rowsGiveTheCheckpointsNames(String ours, String theirs) {
        assertEquals(List.of(theirs), TABLE.saved(ours));
    }

    @Test
    void severalNamesAreJoinedInOrder() {
        assertEquals(
                List.of("tower.layer.3.q.bias", "tower.layer.3.k.bias", "tower.layer.3.v.bias"),
                TABLE.saved("blocks.3.attention.qkv.bias"));
    }

    @Test
    void storedShapeIsOfTheWeightItIsSaidOf() {
        assertEquals(Shape.of(8, 3, 2, 2), TABLE.storedShape("patches.weight", Shape.of(8, 12)));
        assertEquals(Shape.of(8), TABLE.storedShape("patches.bias", Shape.of(8)));
    }

    /** A weight that nobody gave a name used to be a NullPointerException, or a tensor called "null". */
    @ParameterizedTest
    @ValueSource(strings = {"norm", "norm.scale", "blocks.1.attention.output.weight", "patches.alpha", "conv.1.bias"})
    void missingRowSaysWhichAndWhatIsThere(String name) {
        String message = assertThrows(IllegalArgumentException.class, () -> TABLE.saved(name))
                .getMessage();
        assertTrue(message.contains("NameTable: there must be a row for \"" + name + "\""), message);
        assertTrue(message.contains("blocks.*.norm1"), message);
    }

    @Test
    void tableOfOurOwnNamesChangesNothing() {
        assertEquals(List.of("blocks.1.any"), NameTable.ours().saved("blocks.1.any"));
    }

    @Test
    void partsKeepTheirRowsBelowAScopeAndAPrefix() {
        NameTable part = NameTable.under("ignored.")
                .ignore("pooler.*")
                .row("patches", "embed.proj")
                .stored("patches.weight", Shape.of(8, 3, 2, 2))
                .transposed("blocks.*.out", "layer.*.proj")
                .build();
        NameTable whole = NameTable.under("")
                .part("vision.", "encoder.", part)
                .row("head", "classifier")
                .build();
        assertEquals(List.of("encoder.embed.proj.bias"), whole.saved("vision.patches.bias"));
        assertEquals(List.of("encoder.layer.7.proj.weight"), whole.saved("vision.blocks.7.out.weight"));
        assertEquals(List.of("classifier.weight"), whole.saved("head.weight"));
        assertEquals(Shape.of(8, 3, 2, 2), whole.storedShape("vision.patches.weight", Shape.of(8, 12)));
        assertEquals(Shape.of(3, 5), whole.storedShape("vision.blocks.7.out.weight", Shape.of(5, 3)));
        assertEquals(Shape.of(5), whole.storedShape("vision.blocks.7.out.bias", Shape.of(5)));
    }
}
