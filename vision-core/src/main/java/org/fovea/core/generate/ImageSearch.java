package org.fovea.core.generate;

import java.util.List;

/** The search for the texts of one image. */
interface ImageSearch {
    /** Chooses the next tokens; a finished search goes on with padding. */
    void advance(List<Candidates> rows);

    /** For each row, which row it goes on from. */
    int[] origins();

    /** For each row, the token it goes on with. */
    int[] tokens();

    boolean isFinished();

    /** The texts, the best first where the search ranks them. */
    List<TextGeneration> results();
}
