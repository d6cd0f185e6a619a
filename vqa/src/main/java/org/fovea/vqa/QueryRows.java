package org.fovea.vqa;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.tensor.Tensor;
import org.fovea.vqa.model.AnswererModel;

/**
 * Questions as rows of a batch, padded to one size.
 *
 * @param queries at most as many queries as rows; the last one fills the other rows
 * @param images number of images of each question
 */
record QueryRows(List<Query> queries, AnswererModel.Size size, int images) {
    /**
     * Computes questions in batches. A last batch that is more than half full is padded; the questions of a smaller one are
     * computed one by one.
     *
     * @param compute computes a result for each question of a batch
     */
    static <R> List<R> run(
            AnswererModel model, List<Query> queries, int batch, BiFunction<QueryRows, Integer, List<R>> compute) {
        List<R> out = new ArrayList<>();
        for (int from = 0; from < queries.size(); from += batch) {
            List<Query> some = queries.subList(from, Math.min(queries.size(), from + batch));
            if (2 * some.size() > batch) {
                out.addAll(compute.apply(of(model, some, batch), some.size()));
            } else {
                some.forEach(one -> out.addAll(compute.apply(of(model, List.of(one), 1), 1)));
            }
        }
        return out;
    }

    static QueryRows of(AnswererModel model, List<Query> some, int rows) {
        int words = some.stream().mapToInt(q -> q.ids().size()).max().orElseThrow();
        return of(model, some, rows, model.paddedWords(words));
    }

    /** Batch of one question whose words are not padded. */
    static QueryRows exact(AnswererModel model, Query query) {
        return of(model, List.of(query), 1, query.ids().size());
    }

    private static QueryRows of(AnswererModel model, List<Query> some, int rows, int words) {
        int places = some.stream()
                .flatMap(q -> q.image().tokens().stream())
                .mapToInt(tokens -> tokens.shape().dim(1))
                .max()
                .orElseThrow();
        return new QueryRows(some, new AnswererModel.Size(rows, words, places), model.images());
    }

    private Query row(int row) {
        return queries.get(Math.min(row, queries.size() - 1));
    }

    /** Inputs of the graphs that read questions. */
    Map<String, Tensor> inputs() {
        Map<String, Tensor> out = new HashMap<>();
        images(out);
        int[] ids = new int[size.rows() * size.words()];
        float[] seen = new float[ids.length];
        for (int row = 0; row < size.rows(); row++) {
            List<Integer> question = row(row).ids();
            for (int i = 0; i < question.size(); i++) {
                ids[row * size.words() + i] = question.get(i);
                seen[row * size.words() + i] = 1;
            }
        }
        out.put(AnswererModel.QUESTION, Tensor.of(ids, size.rows(), size.words()));
        out.put(AnswererModel.QUESTION_MASK, Tensor.of(seen, size.rows(), size.words()));
        return out;
    }

    private void images(Map<String, Tensor> out) {
        int all = size.rows() * images;
        int width = queries.get(0).image().tokens().get(0).shape().dim(2);
        Tensor tokens = Tensor.zeros(DType.F32, Shape.of(all, size.places(), width));
        FloatBuffer target = tokens.buffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] seen = new float[all * size.places()];
        for (int i = 0; i < all; i++) {
            Tensor image = row(i / images).image().tokens().get(i % images); // [1, M, E]
            target.position(i * size.places() * width);
            target.put(image.toFloats());
            int from = i * size.places();
            Arrays.fill(seen, from, from + image.shape().dim(1), 1);
        }
        out.put(AnswererModel.IMAGE, tokens);
        out.put(AnswererModel.IMAGE_MASK, Tensor.of(seen, all, size.places()));
    }
}
