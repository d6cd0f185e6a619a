package org.fovea.core.generate;

import java.util.List;

/** The search for the texts of one image. */
interface ImageSearch {
    /** Chooses the next tokens; a finished search goes on with padding. */
    void advance(List<Candidates> rows);

    /** The row that each row goes on from. */
    int[] origins();

    /** The token that each row goes on with. */
    int[] tokens();

    boolean isFinished();

    /** The texts, the best first where the search ranks them. */
    List<TextGeneration> results();
}
