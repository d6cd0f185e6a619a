/**
 * Scores of captions against the captions that people wrote: tokens as the Penn Treebank has them, then BLEU, ROUGE-L and
 * CIDEr-D, number for number as the reference implementation of the COCO captioning challenge computes them.
 *
 * @see <a href="https://arxiv.org/abs/1504.00325">Chen et al. 2015, Microsoft COCO Captions: data collection and evaluation
 *     server</a>
 */
package org.fovea.captioning.metric;
