package org.fovea.vqa.model;

/** Ways from a question and the places of an image to the scores of answers. */
public enum AnswerHead {
    /**
     * An LSTM reads the question, which then looks at the places several times over.
     *
     * @see <a href="https://arxiv.org/abs/1511.02274">Yang et al. 2016</a>
     */
    STACKED(new StackedHead(2)), // section 4.3 of the paper
    /**
     * An LSTM reads the question, with which all pairs of places are related.
     *
     * @see <a href="https://arxiv.org/abs/1706.01427">Santoro et al. 2017</a>
     */
    RELATION(new RelationHead(2)),
    /**
     * An LSTM reads the question, which then reads the places as a memory, hop by hop.
     *
     * @see <a href="https://arxiv.org/abs/1503.08895">Sukhbaatar et al. 2015</a>
     */
    MEMORY(new MemoryHead(3)), // table 1 of the paper
    /**
     * A Transformer reads the question, each of its blocks attending to the places too: guided attention.
     *
     * @see <a href="https://arxiv.org/abs/1906.10770">Yu et al. 2019</a>
     */
    TRANSFORMER(new GuidedHead(3, 4)),
    /** A baseline that does not see the image. */
    QUESTION_ONLY(new QuestionOnlyHead()),
    /** A baseline that does not read the question. */
    IMAGE_ONLY(new ImageOnlyHead());

    private final ReadingHead reading;

    AnswerHead(ReadingHead reading) {
        this.reading = reading;
    }

    /** The part of the model that differs from head to head. */
    ReadingHead reading() {
        return reading;
    }

    /** Returns whether it both reads the question and sees the image. */
    public boolean looks() {
        return reading.inputs().contains(AnswererModel.IMAGE)
                && reading.inputs().contains(AnswererModel.QUESTION);
    }
}
