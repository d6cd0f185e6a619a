package org.fovea.core.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fovea.core.backend.Precision;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.ConvLayer;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.TokenEmbedding;
import org.fovea.core.tensor.Shape;
import org.junit.jupiter.api.Test;

/** Parameters, operations and memory of a model by hand. */
class ModelDescriptionTest {
    /** A 3 x 3 convolution of 2 channels to 4, and a table of 5 words, 6 wide, with a map of 6 to 7 that is used twice. */
    private static ModelDescription description() {
        Graph image = new Graph();
        Value pixels = image.input("pixels", 1, 2, 8, 8);
        image.output(
                "map",
                ConvLayer.same(4, 3).build(Scope.of(image).child("vision").enter(), pixels));
        Graph text = new Graph();
        Scope scope = Scope.of(text).child("text");
        Value words = new TokenEmbedding(5, 6).build(scope.child("words").enter(), text.indexInput("ids", 1, 3));
        Value first = new LinearLayer(7, false).build(scope.child("map").enter(), words);
        text.output("scores", first);
        text.output(
                "more",
                new LinearLayer(7, false).build(scope.shared().child("map").enter(), words));
        Map<String, Shape> shapes = new LinkedHashMap<>();
        image.parameters().forEach((name, value) -> shapes.put(name, value.shape()));
        shapes.put("vision.norm.running_mean", Shape.of(4));
        text.parameters().forEach((name, value) -> shapes.put(name, value.shape()));
        return new ModelDescription(
                ModelSummary.empty(),
                shapes,
                List.of(ModelPass.of("encoder", "an image", image), ModelPass.of("decoder", "a text", text)));
    }

    @Test
    void parametersAreCountedByPart() {
        assertEquals(
                Map.of("vision", 4L * 2 * 9 + 4, "text", 5L * 6 + 7 * 6),
                description().parts());
        assertEquals(76 + 72, description().parameterCount());
    }

    @Test
    void weightsHaveTheWidthOfTheOperationThatReadsThem() {
        int single = 4 + 30; // the convolution's bias and the table of words
        Map<Precision, Long> expected = Map.of(
                Precision.F32, 4L * (single + 72 + 42),
                Precision.BF16, 4L * single + 2 * (72 + 42),
                Precision.INT8, 4L * single + 2 * 72 + 42);
        assertEquals(expected, description().weightBytes());
    }

    @Test
    void operationsAreThoseOfEachPass() {
        List<Long> flops = description().passes().stream().map(ModelPass::flops).toList();
        assertEquals(List.of(2L * 8 * 8 * 4 * 2 * 9, 2 * 2L * 3 * 6 * 7), flops);
    }

    @Test
    void aModelLooksAtAnImageAtLeast() {
        assertThrows(
                IllegalArgumentException.class, () -> new ModelDescription(ModelSummary.empty(), Map.of(), List.of()));
    }

    @Test
    void listsAreShortForPeople() {
        ModelSummary summary = ModelSummary.empty().list("classes", 6, List.of("a", "b", "c", "d", "e", "f"));
        assertEquals(Map.of("classes", "6: a; b; c; d; e; …"), summary.rows());
        assertEquals(Map.of("classes", 6), summary.facts());
        assertEquals(
                Map.of("classes", "1000"),
                ModelSummary.empty().list("classes", 1000, List.of()).rows());
    }
}
