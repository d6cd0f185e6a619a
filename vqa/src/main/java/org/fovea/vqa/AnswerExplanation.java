package org.fovea.vqa;

import java.util.List;
import org.fovea.core.Check;
import org.fovea.core.image.InputGeometry;
import org.fovea.core.image.RgbImage;
import org.fovea.core.tensor.Tensor;
import org.fovea.core.view.HeatMap;
import org.fovea.vqa.model.Gaze;

/** An answered question with where the model looked, drawn on the image. Immutable and thread-safe. */
public final class AnswerExplanation {
    private final Answers answers;
    private final EmbeddedImage image;
    private final Gaze gaze;
    private final List<QuestionWord> words;

    AnswerExplanation(Answering.Explained explained, EmbeddedImage image, QuestionWords words) {
        this.answers = explained.answers();
        this.gaze = explained.gaze();
        this.image = image;
        this.words = words.of(gaze.words());
    }

    /** Question with its answers. */
    public Answers answers() {
        return answers;
    }

    /** Words of the question with their weights in the prediction; equal weights if the model has none. */
    public List<QuestionWord> words() {
        return words;
    }

    /** Names of the maps: that of the whole model first, then those of hops, heads or layers. */
    public List<String> maps() {
        return gaze.maps().stream().map(Gaze.PlaceMap::name).toList();
    }

    /** Map of the whole model, {@code [rows, columns]} of positions. */
    public Tensor map() {
        return gaze.maps().get(0).weights();
    }

    /**
     * Map with a name, {@code [rows, columns]} of positions.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public Tensor map(String name) {
        Check.that(maps().contains(name), "AnswerExplanation: the map", "be one of " + maps(), "\"" + name + "\"");
        return gaze.maps().get(maps().indexOf(name)).weights();
    }

    /** Attention maps of each word, {@code [rows, columns]} each; empty if the model has none. */
    public List<Tensor> wordMaps() {
        return gaze.wordMaps().isEmpty()
                ? List.of()
                : words.stream().map(this::wordMap).toList();
    }

    private Tensor wordMap(QuestionWord word) {
        Tensor first = gaze.wordMaps().get(word.firstToken());
        float[] sum = new float[(int) first.shape().size()];
        for (int token = 0; token < word.tokens(); token++) {
            float[] each = gaze.wordMaps().get(word.firstToken() + token).toFloats();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each[i] / word.tokens();
            }
        }
        return Tensor.of(sum, first.shape().toArray());
    }

    /** Pairs of positions that determined the answer, the most important first; only relation networks have them. */
    public List<Gaze.PlacePair> pairs() {
        return gaze.pairs();
    }

    /** The part of the image that the maps cover. */
    public InputGeometry geometry() {
        return image.geometry();
    }

    /** Draws a map over the part of the image that the model saw. */
    public RgbImage draw(Tensor map) {
        return HeatMap.of(map).drawOn(image.image(), image.geometry());
    }

    /**
     * Draws a figure: the image under the question, the question's words with their weights, the map of the whole model under
     * the answer, then the maps of words or, if the model has none, the other maps, and the pairs of positions.
     */
    public RgbImage draw() {
        return new AnswerFigure(this, image).draw();
    }
}
