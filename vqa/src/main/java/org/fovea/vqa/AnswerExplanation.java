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

    /** The question and its answers. */
    public Answers answers() {
        return answers;
    }

    /** The words of the question with how much the model read each; equal weights where it does not tell. */
    public List<QuestionWord> words() {
        return words;
    }

    /** The names of the maps: that of the whole first, then those of hops, heads or layers. */
    public List<String> maps() {
        return gaze.maps().stream().map(Gaze.PlaceMap::name).toList();
    }

    /** The map of the whole, {@code [rows, columns]} of places. */
    public Tensor map() {
        return gaze.maps().get(0).weights();
    }

    /**
     * One of the maps, {@code [rows, columns]} of places.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public Tensor map(String name) {
        Check.that(maps().contains(name), "AnswerExplanation: the map", "be one of " + maps(), "\"" + name + "\"");
        return gaze.maps().get(maps().indexOf(name)).weights();
    }

    /** Maps of what each word looked at, {@code [rows, columns]} each; empty where it tells none. */
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

    /** The places that mattered together, the most important first; empty but for relation networks. */
    public List<Gaze.PlacePair> pairs() {
        return gaze.pairs();
    }

    /** The part of the image that the maps cover. */
    public InputGeometry geometry() {
        return image.geometry();
    }

    /** A map drawn on the image where the model saw it. */
    public RgbImage draw(Tensor map) {
        return HeatMap.of(map).drawOn(image.image(), image.geometry());
    }

    /**
     * A figure: the image under the question, the question's words with their weights, the map of the whole under the answer,
     * then the maps of words where the model tells them, else the other maps, and the pairs of places.
     */
    public RgbImage draw() {
        return new AnswerFigure(this, image).draw();
    }
}
