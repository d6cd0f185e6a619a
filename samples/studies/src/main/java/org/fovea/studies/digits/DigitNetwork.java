package org.fovea.studies.digits;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fovea.core.backend.WeightSource;
import org.fovea.core.graph.Graph;
import org.fovea.core.graph.GridPadding;
import org.fovea.core.graph.Value;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.Block;
import org.fovea.core.nn.LinearLayer;
import org.fovea.core.nn.Scope;
import org.fovea.core.nn.SpatialTransformer;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.train.InitialParameters;
import org.fovea.core.weights.Parameters;

/**
 * A fully connected network of two hidden layers that names a digit, with or without an affine spatial transformer in front whose
 * localisation net is fully connected too: nothing but the transformer knows that pictures are made of places.
 *
 * @param hidden units of the first layer
 * @param transformer the transformer, if any
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, table 1: FCN and ST-FCN</a>
 */
record DigitNetwork(int hidden, Optional<SpatialTransformer> transformer) {
    static final String IMAGES = "images";
    static final String LOGITS = "logits";
    static final String STRAIGHTENED = "straightened";
    static final String PLACES = "places";

    private static final int SECOND = 128;
    private static final int LOOKING = 32;
    private static final String TRANSFORMER = "transformer";

    /** A network without a transformer, and wider, so that it has more weights than {@link #straightening}. */
    static DigitNetwork plain() {
        return new DigitNetwork(320, Optional.empty());
    }

    /** A network with a transformer. */
    static DigitNetwork straightening() {
        int side = Distortion.SIDE;
        Block looks = (scope, image) -> {
            Value flat = image.reshape(image.shape().dim(0), -1);
            LinearLayer map = new LinearLayer(LOOKING, true);
            Value first = map.build(scope.child("hidden", 0), flat).relu();
            return map.build(scope.child("hidden", 1), first).relu(); // [B, LOOKING]
        };
        return new DigitNetwork(
                256, Optional.of(new SpatialTransformer(looks, new AffineGrid(side, side, false), GridPadding.ZEROS)));
    }

    /** Adds the network to a new graph; outputs are named as above. */
    Graph graph(int batch) {
        Graph graph = new Graph();
        Scope scope = Scope.of(graph);
        Value image = graph.input(IMAGES, batch, 1, Distortion.SIDE, Distortion.SIDE);
        if (transformer.isPresent()) {
            SpatialTransformer.Transformed seen = transformer.get().build(scope.child(TRANSFORMER), image);
            graph.output(STRAIGHTENED, seen.image());
            graph.output(PLACES, seen.places());
            image = seen.image();
        }
        Value x = new LinearLayer(hidden, true)
                .build(scope.child("hidden", 0), image.reshape(batch, -1))
                .relu();
        x = new LinearLayer(SECOND, true).build(scope.child("hidden", 1), x).relu();
        graph.output(LOGITS, new LinearLayer(Digits.CLASSES, true).build(scope.child("head"), x));
        return graph;
    }

    /** Usual first values; the transformer starts as the identity. */
    WeightSource start(Graph graph, long seed) {
        Parameters usual = InitialParameters.of(graph, seed);
        Map<String, Tensor> out = new HashMap<>();
        usual.names().forEach(name -> out.put(name, usual.tensor(name)));
        transformer.ifPresent(t -> out.putAll(t.initial(Scope.of(graph).child(TRANSFORMER), LOOKING)));
        return Parameters.of(out);
    }

    /** Share of the learning rate that a weight gets: less for the transformer's, which all pixels depend on. */
    static double rate(String name) {
        return name.startsWith(TRANSFORMER) ? 0.5 : 1;
    }
}
