package org.fovea.cli.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.core.attention.AttentionRollout;
import org.fovea.core.nn.LearnedPositions;
import org.fovea.core.nn.MultiHeadAttention;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.ScaledDotProduct;
import org.fovea.core.nn.SinusoidalPositions;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.nn.ThinPlateSplineGrid;
import org.fovea.core.testing.Mechanisms;
import org.junit.jupiter.api.Test;

/** The gallery shows every mechanism, each explained in two sentences with its paper. */
class ExhibitsTest {
    private static final List<Exhibit> ALL = Exhibits.all();

    @Test
    void everyMechanismIsShown() throws Exception {
        Set<Class<?>> shown = ALL.stream().flatMap(e -> e.blocks().stream()).collect(Collectors.toSet());
        List<Class<?>> mechanisms = Mechanisms.all();
        assertTrue(mechanisms.size() > 20, mechanisms.toString());
        assertEquals(
                List.of(),
                mechanisms.stream().filter(type -> !shown.contains(type)).toList());
        assertEquals(
                List.of(),
                Stream.of(
                                ScaledDotProduct.class,
                                MultiHeadAttention.class,
                                MultiHeadSelfAttention.class,
                                SinusoidalPositions.class,
                                LearnedPositions.class,
                                SpatialTransformer.class,
                                ThinPlateSplineGrid.class)
                        .filter(type -> !shown.contains(type))
                        .toList());
    }

    @Test
    void eachHasItsOwnNameTwoSentencesAndAPaper() {
        Set<String> ids = new HashSet<>();
        for (Exhibit exhibit : ALL) {
            assertTrue(exhibit.id().matches("[a-z-]+") && ids.add(exhibit.id()), exhibit.id());
            assertEquals(2, exhibit.text().split("[.](?= |$)").length, exhibit.id() + ": " + exhibit.text());
            assertFalse(exhibit.papers().isEmpty(), exhibit.id());
            for (Paper paper : exhibit.papers()) {
                assertTrue(paper.url().startsWith("https://"), paper.toString());
            }
        }
    }

    @Test
    void textIsEscapedOnThePage() {
        Exhibit exhibit = new Exhibit(
                "x",
                "a < b",
                "\"Q\" & K.",
                List.of(Paper.arxiv("Li & Wu", "1")),
                List.of(AttentionRollout.class),
                studio -> studio.photo());
        String page = Page.of(List.of(exhibit));
        assertTrue(page.contains("<h2>a &lt; b</h2>\n<p>&quot;Q&quot; &amp; K.</p>"), page);
        assertTrue(page.contains("<a href=\"https://arxiv.org/abs/1\">Li &amp; Wu</a>"), page);
        assertTrue(page.contains("src=\"x.png\""), page);
    }
}
