package org.fovea.core.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.fovea.core.backend.Precision;
import org.fovea.core.backend.Program;
import org.fovea.core.backend.nd4j.Nd4jBackend;
import org.fovea.core.backend.onednn.OneDnnBackend;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.Value;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.testing.BlockCase;
import org.fovea.core.testing.BlockContract;
import org.fovea.core.testing.Hardware;
import org.fovea.core.testing.Tensors;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Initializers;
import org.fovea.core.weights.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpatialFrontTest extends BlockContract {
    private static final int SIDE = 224;

    /** The front's net on a thumbnail is {@link SpatialTransformerTest}'s and {@link ConvLocalisation}'s; here a small one. */
    @Override
    protected List<BlockCase> cases() {
        Block net = new ThumbnailLocalisation(6, new ConvLocalisation(3, 2, 1, 3));
        SamplingGrid affine = new RelativeGrid(new AffineGrid(5, 4, false));
        SamplingGrid spline = new RelativeGrid(new ThinPlateSplineGrid(2, 3, 4, 3, true));
        return List.of(of("affine of a thumbnail", net, affine), of("spline of a thumbnail", net, spline));
    }

    private static BlockCase of(String name, Block net, SamplingGrid grid) {
        return new BlockCase(name, g -> {
            SpatialTransformer block = new SpatialTransformer(net, grid, GridPadding.BORDER);
            SpatialTransformer.Transformed out = block.build(g.scope(), g.normal(2, 2, 9, 7));
            g.output(out.image());
            g.output(out.places());
        });
    }

    @ParameterizedTest
    @EnumSource
    void freshFrontsLeaveEveryImageAsItIs(SpatialFront front) {
        Graph graph = graph(front, 2, 40, 24);
        Tensor image = noise(2, 40, 24);
        Parameters usual = InitialParameters.of(graph, 1);
        Parameters.Builder own = Parameters.builder();
        graph.parameters()
                .forEach((name, value) -> own.initial(name, value.shape(), SpatialFront.initializer(name), 1));
        for (Parameters weights : List.of(usual, own.build())) {
            try (Program program = new Nd4jBackend().compile(graph, weights, Precision.F64)) {
                Tensors.assertClose(
                        image.toDoubles(), program.run(Map.of("x", image)).get("seen"), 1e-9);
            }
        }
    }

    /** Places are numbers of pixels: rounded to 8 bits they would be off by half a pixel at the far side. */
    @ParameterizedTest
    @EnumSource
    void placesKeepTheirBitsInBfloat16(SpatialFront front) {
        Hardware.assumeBfloat16();
        Graph graph = graph(front, 1, SIDE, SIDE);
        Parameters weights = InitialParameters.of(graph, 1);
        Map<String, Tensor> inputs = Map.of("x", noise(1, SIDE, SIDE));
        try (Program narrow = OneDnnBackend.create().compile(graph, weights, Precision.BF16);
                Program exact = new Nd4jBackend().compile(graph, weights, Precision.F64)) {
            double[] expected = exact.run(inputs).get("places").toDoubles();
            Tensors.assertClose(expected, narrow.run(inputs).get("places"), 1e-5); // a thousandth of a pixel
        }
    }

    @Test
    void namesAreThoseOfFiles() {
        assertEquals(List.of("affine", "thin_plate"), SpatialFront.labels());
        assertEquals(Optional.of(SpatialFront.THIN_PLATE), SpatialFront.of("thin_plate"));
        assertEquals(Optional.empty(), SpatialFront.of("none"));
    }

    /** One set of weights serves images of any size. */
    @Test
    void weightsDoNotDependOnTheImagesSize() {
        for (SpatialFront front : SpatialFront.values()) {
            assertEquals(shapes(graph(front, 1, 24, 40)), shapes(graph(front, 1, 32, 32)));
        }
    }

    private static Map<String, Shape> shapes(Graph graph) {
        Map<String, Shape> out = new TreeMap<>();
        graph.parameters().forEach((name, value) -> out.put(name, value.shape()));
        return out;
    }

    private static Graph graph(SpatialFront front, int batch, int height, int width) {
        Graph graph = new Graph();
        Value image = graph.input("x", batch, 3, height, width);
        SpatialTransformer.Transformed out = front.build(Scope.of(graph).child("front"), image);
        graph.output("seen", out.image());
        graph.output("places", out.places());
        return graph;
    }

    private static Tensor noise(int batch, int height, int width) {
        return Initializers.truncatedNormal(1).create("noise", Shape.of(batch, 3, height, width), 1);
    }
}
