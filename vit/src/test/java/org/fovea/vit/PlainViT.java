package org.fovea.vit;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A vision transformer in plain loops over doubles, one image, written from timm's and transformers' descriptions and
 * sharing nothing with the code under test; it asks for weights by timm's names.
 */
final class PlainViT {
    private final Function<String, double[]> weights;
    private final int width;
    private final int heads;
    private final double epsilon;

    PlainViT(Function<String, double[]> weights, int width, int heads, double epsilon) {
        this.weights = weights;
        this.width = width;
        this.heads = heads;
        this.epsilon = epsilon;
    }

    private double[] w(String name) {
        return weights.apply(name);
    }

    /** Patches row by row of {@code pixels}, {@code [C, H, W]}: what a convolution with stride = kernel computes. */
    double[][] patches(int side, int p) {
        double[] pixels = w("pixels");
        int channels = pixels.length / side / side;
        double[] kernel = w("patch_embed.proj.weight");
        double[] bias = w("patch_embed.proj.bias");
        int grid = side / p;
        double[][] out = new double[grid * grid][width];
        for (int token = 0; token < out.length; token++) {
            for (int o = 0; o < width; o++) {
                double sum = bias == null ? 0 : bias[o];
                for (int c = 0; c < channels; c++) {
                    for (int y = 0; y < p; y++) {
                        for (int x = 0; x < p; x++) {
                            int row = token / grid * p + y;
                            int column = token % grid * p + x;
                            sum += kernel[((o * channels + c) * p + y) * p + x]
                                    * pixels[(c * side + row) * side + column];
                        }
                    }
                }
                out[token][o] = sum;
            }
        }
        return out;
    }

    /** The rows of a learned tensor {@code [1, n, width]}. */
    double[][] tokens(String name) {
        double[] all = w(name);
        double[][] out = new double[all.length / width][];
        for (int i = 0; i < out.length; i++) {
            out[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return out;
    }

    static double[][] concat(double[][]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(double[][]::new);
    }

    static double[][] add(double[][] a, double[][] b) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i].clone();
            for (int j = 0; j < out[i].length; j++) {
                out[i][j] += b[i][j];
            }
        }
        return out;
    }

    double[][] linear(String name, double[][] x) {
        double[] weight = w(name + ".weight");
        double[] bias = w(name + ".bias");
        int in = x[0].length;
        int rows = weight.length / in;
        double[][] out = new double[x.length][rows];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < rows; o++) {
                double sum = bias == null ? 0 : bias[o];
                for (int k = 0; k < in; k++) {
                    sum += weight[o * in + k] * x[i][k];
                }
                out[i][o] = sum;
            }
        }
        return out;
    }

    double[][] norm(String name, double[][] x) {
        double[][] out = new double[x.length][width];
        for (int i = 0; i < x.length; i++) {
            double mean = Arrays.stream(x[i]).average().orElseThrow();
            double variance = Arrays.stream(x[i])
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow();
            for (int j = 0; j < width; j++) {
                out[i][j] = (x[i][j] - mean) / Math.sqrt(variance + epsilon) * w(name + ".weight")[j]
                        + w(name + ".bias")[j];
            }
        }
        return out;
    }

    /** One block; {@code gated} is SwiGLU, else the tanh-free quick GELU. */
    double[][] block(int index, double[][] x, boolean layerScale, boolean gated) {
        String block = "blocks." + index + ".";
        double[][] attended =
                linear(block + "attn.proj", attention(linear(block + "attn.qkv", norm(block + "norm1", x))));
        double[][] y = add(x, layerScale ? scale(block + "ls1.gamma", attended) : attended);
        double[][] hidden = linear(block + "mlp.fc1", norm(block + "norm2", y));
        double[][] fed = linear(block + "mlp.fc2", gated ? swiGlu(hidden) : quickGelu(hidden));
        return add(y, layerScale ? scale(block + "ls2.gamma", fed) : fed);
    }

    /** One block whose norms end the branches and whose scores have biases. */
    double[][] postNormBlock(int index, double[][] x, double[][][] bias) {
        String block = "blocks." + index + ".";
        double[][] attended = linear(block + "attn.proj", attention(linear(block + "attn.qkv", x), bias));
        double[][] y = add(x, norm(block + "norm1", attended));
        double[][] fed = linear(block + "mlp.fc2", quickGelu(linear(block + "mlp.fc1", y)));
        return add(y, norm(block + "norm2", fed));
    }

    /** One block with layer scale whose scores have biases. */
    double[][] biasedBlock(int index, double[][] x, double[][][] bias) {
        String block = "blocks." + index + ".";
        double[][] attended =
                linear(block + "attn.proj", attention(linear(block + "attn.qkv", norm(block + "norm1", x)), bias));
        double[][] y = add(x, scale(block + "ls1.gamma", attended));
        double[][] hidden = quickGelu(linear(block + "mlp.fc1", norm(block + "norm2", y)));
        return add(y, scale(block + "ls2.gamma", linear(block + "mlp.fc2", hidden)));
    }

    /**
     * The bias {@code [heads, N, N]} of each pair of tokens of a square grid: a map, with max(x, 0) within, of how far the key is
     * above and left of the query, as sign(d)·ln(1 + |d|); 0 for pairs with a token before the grid.
     */
    double[][][] offsetBias(String name, int prefix, int side) {
        int n = prefix + side * side;
        double[][][] out = new double[heads][n][n];
        for (int q = prefix; q < n; q++) {
            for (int k = prefix; k < n; k++) {
                double down = (q - prefix) / side - (k - prefix) / side;
                double right = (q - prefix) % side - (k - prefix) % side;
                double[][] offset = {{Math.signum(down) * Math.log1p(Math.abs(down)), 0}};
                offset[0][1] = Math.signum(right) * Math.log1p(Math.abs(right));
                double[][] hidden = linear(name + ".fc1", offset);
                hidden[0] = Arrays.stream(hidden[0]).map(v -> Math.max(0, v)).toArray();
                double[] bias = linear(name + ".fc2", hidden)[0];
                for (int h = 0; h < heads; h++) {
                    out[h][q][k] = bias[h];
                }
            }
        }
        return out;
    }

    /** Output of timm's {@code AttentionPoolLatent}: one learned query reads all tokens, then y + mlp(norm(y)). */
    double[][] attentionPool(double[][] x) {
        double[][] query = linear("attn_pool.q", tokens("attn_pool.latent"));
        double[][] keyValue = linear("attn_pool.kv", x);
        double[][] qkv = new double[x.length][3 * width];
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(query[0], 0, qkv[i], 0, width);
            System.arraycopy(keyValue[i], 0, qkv[i], width, 2 * width);
        }
        double[][] read = {attention(qkv)[0]};
        double[][] y = linear("attn_pool.proj", read);
        double[][] hidden = quickGelu(linear("attn_pool.mlp.fc1", norm("attn_pool.norm", y)));
        return add(y, linear("attn_pool.mlp.fc2", hidden));
    }

    private double[][] attention(double[][] qkv) {
        return attention(qkv, new double[heads][qkv.length][qkv.length]);
    }

    private double[][] attention(double[][] qkv, double[][][] bias) {
        int n = qkv.length;
        int d = width / heads;
        double[][] out = new double[n][width];
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < n; i++) {
                double[] p = new double[n];
                double sum = 0;
                for (int j = 0; j < n; j++) {
                    double score = 0;
                    for (int k = 0; k < d; k++) {
                        score += qkv[i][h * d + k] * qkv[j][width + h * d + k];
                    }
                    p[j] = Math.exp(score / Math.sqrt(d) + bias[h][i][j]);
                    sum += p[j];
                }
                for (int j = 0; j < n; j++) {
                    for (int k = 0; k < d; k++) {
                        out[i][h * d + k] += p[j] / sum * qkv[j][2 * width + h * d + k];
                    }
                }
            }
        }
        return out;
    }

    private double[][] scale(String name, double[][] x) {
        double[][] out = new double[x.length][width];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < width; j++) {
                out[i][j] = x[i][j] * w(name)[j];
            }
        }
        return out;
    }

    private static double[][] quickGelu(double[][] x) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row)
                        .map(v -> v / (1 + Math.exp(-1.702 * v)))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[][] swiGlu(double[][] x) {
        int half = x[0].length / 2;
        double[][] out = new double[x.length][half];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < half; j++) {
                out[i][j] = x[i][j] / (1 + Math.exp(-x[i][j])) * x[i][half + j];
            }
        }
        return out;
    }

    static double[] mean(double[][] rows) {
        double[] out = new double[rows[0].length];
        for (double[] row : rows) {
            for (int j = 0; j < out.length; j++) {
                out[j] += row[j] / rows.length;
            }
        }
        return out;
    }
}
