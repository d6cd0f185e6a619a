package org.fovea.segmentation.mask;

/**
 * The pixels of one class, or of one object: figures of a region. Columns and rows count from 0 at the top left.
 *
 * @param id index of a class, or number of an object from 1
 * @param classIndex index of the class
 * @param label name of the class
 * @param area in pixels, at least 1
 * @param centroidX mean x of the pixels' centers; the center of the first column is at 0.5
 * @param centroidY mean y of the pixels' centers; the center of the first row is at 0.5
 * @param left first column
 * @param top first row
 * @param right column after the last
 * @param bottom row after the last
 * @param score confidence, 0 to 1
 */
public record Segment(
        int id,
        int classIndex,
        String label,
        long area,
        double centroidX,
        double centroidY,
        int left,
        int top,
        int right,
        int bottom,
        double score) {}
