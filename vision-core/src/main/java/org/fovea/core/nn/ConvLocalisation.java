package org.fovea.core.nn;

import org.fovea.core.Check;
import org.fovea.core.graph.ConvWindow;
import org.fovea.core.graph.PoolKind;
import org.fovea.core.graph.PoolWindow;
import org.fovea.core.graph.Value;

/**
 * Convolutions without padding, each followed by the largest of 2x2 and ReLU, then a linear map with ReLU.
 *
 * @param kernel side of each convolution's kernel
 * @param planes channels of each convolution
 * @param layers number of convolutions; 0 for only the linear map
 * @param hidden units of the linear map, the width of the result
 * @see <a href="https://arxiv.org/abs/1506.02025">Jaderberg et al. 2015, appendix A.2: 5x5, 20 planes, 2 layers, 20 units</a>
 */
public record ConvLocalisation(int kernel, int planes, int layers, int hidden) implements Block {
    private static final PoolWindow POOL = PoolWindow.of(2, 2, 0);

    /** Checks the sizes. */
    public ConvLocalisation {
        Check.positive("ConvLocalisation: kernel", kernel);
        Check.positive("ConvLocalisation: planes", planes);
        Check.positive("ConvLocalisation: hidden", hidden);
        Check.atLeast(0, "ConvLocalisation: layers", layers);
    }

    /** Adds the network and its weights {@code conv.i} and {@code hidden}. */
    @Override
    public Value build(Scope scope, Value image) {
        ConvLayer conv = new ConvLayer(planes, kernel, ConvWindow.of(1, 0), true);
        Value x = image;
        for (int i = 0; i < layers; i++) {
            x = conv.build(scope.child("conv", i), x).pool2d(PoolKind.MAX, POOL).relu();
        }
        Value flat = x.reshape(x.shape().dim(0), -1); // [B, C·H·W]
        return new LinearLayer(hidden, true).build(scope.child("hidden"), flat).relu();
    }
}
