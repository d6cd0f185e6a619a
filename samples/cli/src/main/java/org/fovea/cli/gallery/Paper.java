package org.fovea.cli.gallery;

/**
 * Source of a mechanism.
 *
 * @param name authors and year
 * @param url page of the paper
 */
record Paper(String name, String url) {
    static Paper arxiv(String name, String number) {
        return new Paper(name, "https://arxiv.org/abs/" + number);
    }
}
