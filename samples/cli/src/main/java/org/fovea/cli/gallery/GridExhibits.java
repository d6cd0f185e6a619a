package org.fovea.cli.gallery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.DecomposedAttention;
import org.fovea.core.attention.SinkhornAttention;
import org.fovea.core.attention.SpatialReductionAttention;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.image.RgbImage;
import org.fovea.core.nn.AttentionOutput;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.HeatMap;
import org.fovea.core.view.Panels;

/** Attention that never compares all patches with all others. */
final class GridExhibits {
    private static final int WIDTH = PatchTokens.WIDTH;
    private static final Likeness COLOR = new Likeness(12, 2, 0, 0);

    private GridExhibits() {}

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "windows",
                        "Windows and shifted windows",
                        "Patches attend only within their window, and every other layer shifts the windows so that neighbors on two"
                                + " sides of a border meet. One patch of the big ball, in a window of 4x4 patches and after a"
                                + " shift by 2: the outline is what it can see.",
                        List.of(Paper.arxiv("Liu et al. 2021, Swin", "2103.14030")),
                        List.of(WindowAttention.class),
                        GridExhibits::windows),
                new Exhibit(
                        "decomposed",
                        "Decomposed relative positions",
                        "What a query adds to a score depends on how many rows lie between it and the key, and on how many columns,"
                                + " with a table for each. The same patch of the big ball with tables that prefer few rows, and few"
                                + " columns.",
                        List.of(
                                Paper.arxiv("Li et al. 2022, MViTv2", "2112.01526"),
                                Paper.arxiv("Kirillov et al. 2023, SAM", "2304.02643")),
                        List.of(DecomposedAttention.class),
                        GridExhibits::decomposed),
                new Exhibit(
                        "axial",
                        "Axial attention",
                        "Every patch attends to its column, then to its row, whose patches have heard of their own columns: two short"
                                + " steps instead of one long. A patch of the small red ball finds the big one although neither"
                                + " step alone would.",
                        List.of(
                                Paper.arxiv("Ho et al. 2019", "1912.12180"),
                                Paper.arxiv("Wang et al. 2020", "2003.07853")),
                        List.of(AxialAttention.class),
                        GridExhibits::axial),
                new Exhibit(
                        "reduction",
                        "Spatial reduction attention",
                        "Every patch attends to a coarser grid: squares of patches become one key each. The big ball's patch with"
                                + " keys of 2x2 and of 4x4 patches; scores are 4 and 16 times fewer.",
                        List.of(
                                Paper.arxiv("Wang et al. 2021, PVT", "2102.12122"),
                                Paper.arxiv("Xie et al. 2021, SegFormer", "2105.15203")),
                        List.of(SpatialReductionAttention.class),
                        GridExhibits::reduction),
                new Exhibit(
                        "sinkhorn",
                        "Sparse Sinkhorn attention",
                        "Tokens are cut into buckets, a relaxed permutation sorts the buckets, and each attends to itself and to the"
                                + " one sorted to it. Ten strips of the picture, each set to ask for the one mirrored at"
                                + " the middle, and what it therefore gets to see.",
                        List.of(Paper.arxiv("Tay et al. 2020", "2002.11296")),
                        List.of(SinkhornAttention.class),
                        GridExhibits::sinkhorn));
    }

    private static Sketch blocks(Studio studio, Likeness likeness) {
        return studio.sketch()
                .weight("qkv.weight", Likeness.qkv(WIDTH, likeness))
                .weight("query.weight", Likeness.query(WIDTH, likeness))
                .weight("key.weight", Likeness.key(WIDTH, likeness))
                .weight("value.weight", Weights.identity(WIDTH, WIDTH, 1))
                .weight("output.weight", Weights.identity(WIDTH, WIDTH, 1));
    }

    private static RgbImage windows(Studio studio) {
        return Panels.inColumns(2)
                .with("windows of 4 x 4 patches", window(studio, 0))
                .with("the same, shifted by 2", window(studio, 2))
                .draw();
    }

    private static RgbImage window(Studio studio, int shift) {
        PatchTokens patches = studio.patches();
        int side = 4;
        Sketch sketch = blocks(studio, COLOR).weight("offsets", Weights.all((2 * side - 1) * (2 * side - 1), 0));
        AttentionOutput read = new WindowAttention(1, side, shift)
                .build(
                        sketch.scope(),
                        sketch.given(patches.tokens(WIDTH), 1, patches.rows(), patches.columns(), WIDTH));
        float[] weights =
                sketch.show("weights", read.weights()).run().get("weights").toFloats();
        int query = patches.at(Scene.Ball.BIG_RED.place(Studio.STILL));
        int rolledRow = query / patches.columns() - shift; // the windows are those of the grid shifted back
        int rolledColumn = query % patches.columns() - shift;
        int across = (patches.columns() + side - 1) / side;
        int window = rolledRow / side * across + rolledColumn / side;
        int token = rolledRow % side * side + rolledColumn % side;
        int top = rolledRow / side * side + shift;
        int left = rolledColumn / side * side + shift;
        float[][] grid = new float[patches.rows()][patches.columns()];
        for (int key = 0; key < side * side; key++) {
            grid[top + key / side][left + key % side] = weights[(window * side * side + token) * side * side + key];
        }
        HeatMap map = HeatMap.of(grid)
                .withSharpCells()
                .withMark(top, left, side, side)
                .withMark(query / patches.columns(), query % patches.columns(), 1, 1);
        return map.bar().beside(map.drawOn(studio.photo()));
    }

    private static RgbImage decomposed(Studio studio) {
        return Panels.inColumns(2)
                .with("few rows", decomposed(studio, 1, 0))
                .with("few columns", decomposed(studio, 0, 1))
                .draw();
    }

    private static RgbImage decomposed(Studio studio, double perRow, double perColumn) {
        PatchTokens patches = studio.patches();
        float[] bias = Weights.all(3 * WIDTH, 0);
        bias[WIDTH - 1] = 1; // position weights of the queries, where features are zero: with these the tables are read
        Sketch sketch = blocks(studio, COLOR)
                .weight("qkv.bias", bias)
                .weight("row_offsets", distances(patches.rows(), perRow))
                .weight("column_offsets", distances(patches.columns(), perColumn));
        AttentionOutput read = new DecomposedAttention(1, 0, true, true)
                .build(
                        sketch.scope(),
                        sketch.given(patches.tokens(WIDTH), 1, patches.rows(), patches.columns(), WIDTH));
        float[] weights =
                sketch.show("weights", read.weights()).run().get("weights").toFloats();
        int query = patches.at(Scene.Ball.BIG_RED.place(Studio.STILL));
        return PatchExhibits.map(
                studio.photo(), patches, patches.grid(weights, query * patches.count()), Optional.of(query));
    }

    /** Bias table that lowers a score by {@code each} for every step between query and key: {@code [2·length - 1, WIDTH]}. */
    private static float[] distances(int length, double each) {
        float[] out = new float[(2 * length - 1) * WIDTH];
        for (int i = 0; i < 2 * length - 1; i++) {
            out[i * WIDTH + WIDTH - 1] = (float) (-each * Math.abs(i - length + 1));
        }
        return out;
    }

    private static RgbImage axial(Studio studio) {
        PatchTokens patches = studio.patches();
        int rows = patches.rows();
        int columns = patches.columns();
        Sketch sketch = blocks(studio, COLOR);
        AttentionOutput read = new AxialAttention(1, AxialAttention.Relative.NONE)
                .build(sketch.scope(), sketch.given(patches.tokens(WIDTH), 1, rows, columns, WIDTH));
        Map<String, Tensor> out = sketch.show("down", read.weights("height"))
                .show("across", read.weights("width"))
                .run();
        float[] down = out.get("down").toFloats();
        float[] across = out.get("across").toFloats();
        int query = patches.at(Scene.Ball.SMALL_RED.place(Studio.STILL));
        int y = query / columns;
        int x = query % columns;
        float[] row = new float[rows * columns];
        float[] column = new float[rows * columns];
        float[] both = new float[rows * columns];
        for (int c = 0; c < columns; c++) {
            row[y * columns + c] = across[(y * columns + x) * columns + c];
            for (int r = 0; r < rows; r++) {
                float share = down[(c * rows + y) * rows + r];
                both[r * columns + c] = row[y * columns + c] * share;
                column[r * columns + c] = c == x ? share : 0;
            }
        }
        return Panels.inColumns(3)
                .with("its column, first", axis(studio, column, query))
                .with("its row, then", axis(studio, row, query))
                .with("both", axis(studio, both, query))
                .draw();
    }

    private static RgbImage reduction(Studio studio) {
        return Panels.inColumns(2)
                .with("keys of 2 x 2 patches", reduced(studio, 2))
                .with("keys of 4 x 4 patches", reduced(studio, 4))
                .draw();
    }

    private static RgbImage reduced(Studio studio, int side) {
        PatchTokens patches = studio.patches();
        double flat = 1e6; // so large that the variance does not matter: the norm only subtracts the mean
        Sketch sketch = blocks(studio, COLOR)
                .weight("reduction.weight", Weights.blur(WIDTH, side))
                .weight("norm.scale", Weights.all(WIDTH, Math.sqrt(flat)))
                .weight("norm.shift", Weights.all(WIDTH, 0))
                .weight("kv.weight", Weights.joined(Likeness.key(WIDTH, COLOR), Weights.identity(WIDTH, WIDTH, 1)));
        AttentionOutput read = new SpatialReductionAttention(1, side, patches.rows(), patches.columns(), flat)
                .build(sketch.scope(), sketch.given(patches.tokens(WIDTH), 1, patches.count(), WIDTH));
        float[] weights =
                sketch.show("weights", read.weights()).run().get("weights").toFloats();
        int query = patches.at(Scene.Ball.BIG_RED.place(Studio.STILL));
        int rows = patches.rows() / side;
        int columns = patches.columns() / side;
        float[][] grid = new float[patches.rows()][patches.columns()];
        for (int y = 0; y < rows * side; y++) {
            for (int x = 0; x < columns * side; x++) {
                grid[y][x] = weights[(query * rows + y / side) * columns + x / side];
            }
        }
        HeatMap map =
                HeatMap.of(grid).withSharpCells().withMark(query / patches.columns(), query % patches.columns(), 1, 1);
        return map.bar().beside(map.drawOn(studio.photo()));
    }

    private static RgbImage axis(Studio studio, float[] weights, int query) {
        PatchTokens patches = studio.patches();
        return PatchExhibits.map(studio.photo(), patches, patches.grid(weights, 0), Optional.of(query));
    }

    private static RgbImage sinkhorn(Studio studio) {
        PatchTokens patches = studio.patches();
        int bucket = 2 * patches.columns();
        int strips = patches.count() / bucket;
        float[] out = new float[strips * WIDTH];
        double sharpness = 30;
        for (int strip = 0; strip < strips; strip++) {
            double angle = Math.PI * (1 - (strip + 0.5) / strips); // of the mirrored height
            int down = 16; // cosine, sine and their negatives of y, of which the ReLU keeps the positive ones
            out[strip * WIDTH + down] = (float) (sharpness * Math.cos(angle) / bucket);
            out[strip * WIDTH + down + 1] = (float) (sharpness * Math.sin(angle) / bucket);
            out[strip * WIDTH + down + 2] = -out[strip * WIDTH + down];
        }
        Sketch sketch = blocks(studio, COLOR)
                .weight("sort.in.weight", Weights.identity(WIDTH, WIDTH, 1))
                .weight("sort.out.weight", out);
        AttentionOutput read = new SinkhornAttention(1, bucket, 20, 0.75)
                .build(sketch.scope(), sketch.given(patches.tokens(WIDTH), 1, patches.count(), WIDTH));
        Tensor permutation =
                sketch.show("permutation", read.weights("permutation")).run().get("permutation");
        List<String> names =
                IntStream.rangeClosed(1, strips).mapToObj(Integer::toString).toList();
        return Panels.inColumns(3)
                .with("ten strips", stripes(studio, Weights.identity(strips, strips, 1)))
                .with(
                        "the permutation",
                        AlignmentMatrix.of(permutation.reshape(strips, strips), names, names)
                                .withAxes("strip that asks", "strip it is sent")
                                .withRange(0, 1)
                                .draw())
                .with("what each strip is sent", stripes(studio, permutation.toFloats()))
                .draw();
    }

    /** Mixes the picture's strips by a matrix, with lines between them. */
    private static RgbImage stripes(Studio studio, float[] mix) {
        int strips = (int) Math.round(Math.sqrt(mix.length));
        int size = 3 * Studio.WIDTH * Studio.HEIGHT / strips;
        byte[] from = studio.photo().toBytes();
        byte[] rgb = new byte[from.length];
        for (int strip = 0; strip < strips; strip++) {
            for (int i = 0; i < size; i++) {
                double sum = 0;
                for (int k = 0; k < strips; k++) {
                    sum += mix[strip * strips + k] * (from[k * size + i] & 0xff);
                }
                boolean border = strip > 0 && i < 3 * Studio.WIDTH * 2;
                rgb[strip * size + i] = (byte) (border ? 255 : Math.min(255, Math.round(sum)));
            }
        }
        return RgbImage.of(Studio.HEIGHT, Studio.WIDTH, rgb);
    }
}
