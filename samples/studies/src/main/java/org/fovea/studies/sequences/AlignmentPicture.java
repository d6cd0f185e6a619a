package org.fovea.studies.sequences;

import java.util.Arrays;
import java.util.List;
import org.fovea.core.image.RgbImage;
import org.fovea.core.view.AlignmentMatrix;
import org.fovea.core.view.Panels;

/** Picture of what answers looked at: for each, its characters by those of the question. */
final class AlignmentPicture {
    /** Stands for a space, which would not be seen. */
    private static final String SPACE = "␣";

    private AlignmentPicture() {}

    /** The matrices of some answers, two side by side. */
    static RgbImage of(SequenceStudy.Answers answers, List<Integer> which) {
        Panels panels = Panels.inColumns(2);
        for (int i : which) {
            String question = answers.asked().get(i).question();
            String answer = answers.given().get(i);
            panels = panels.with(question, matrix(answers, i, question, answer));
        }
        return panels.draw();
    }

    private static RgbImage matrix(SequenceStudy.Answers answers, int i, String question, String answer) {
        int rows = answers.alignment().shape().dim(1);
        int columns = answers.alignment().shape().dim(2);
        float[] all = answers.alignment().toFloats();
        float[][] seen = new float[answer.length()][]; // without the padding of question and answer
        Arrays.setAll(seen, t -> {
            int start = (i * rows + t) * columns;
            return Arrays.copyOfRange(all, start, start + question.length());
        });
        return AlignmentMatrix.of(seen, characters(answer), characters(question))
                .withAxes("written", "read")
                .withRange(0, 1)
                .draw();
    }

    private static List<String> characters(String text) {
        return Arrays.asList(text.replace(" ", SPACE).split(""));
    }
}
