package org.fovea.core.image;

/** Size to which an image is resized before the crop. */
sealed interface ResizeRule {
    /** Size to which an image of the given size is resized. */
    ImageSize target(int height, int width);

    /** Copy with every length multiplied. */
    ResizeRule scaled(double factor);

    private static int scale(int pixels, double factor) {
        return Math.max(1, (int) Math.round(pixels * factor));
    }

    private static int atLeastOne(double pixels) {
        return Math.max(1, (int) pixels);
    }

    /** No resizing. */
    record None() implements ResizeRule {
        @Override
        public ImageSize target(int height, int width) {
            return new ImageSize(height, width);
        }

        @Override
        public ResizeRule scaled(double factor) {
            return this;
        }

        @Override
        public String toString() {
            return "no resize";
        }
    }

    /** One size for all; the aspect ratio is lost. */
    record Exact(int height, int width) implements ResizeRule {
        @Override
        public ImageSize target(int h, int w) {
            return new ImageSize(height, width);
        }

        @Override
        public ResizeRule scaled(double factor) {
            return new Exact(scale(height, factor), scale(width, factor));
        }

        @Override
        public String toString() {
            return "resize to " + height + " x " + width;
        }
    }

    /**
     * The shorter edge to a length, the longer in proportion, its fraction cut off, as torchvision and transformers do.
     *
     * @param longest maximum length of the longer edge; 0 for no limit
     */
    record ShortestEdge(int pixels, int longest) implements ResizeRule {
        @Override
        public ImageSize target(int height, int width) {
            int shorter = pixels;
            long proportion = (long) pixels * Math.max(height, width) / Math.min(height, width);
            int longer = (int) Math.min(proportion, Integer.MAX_VALUE);
            if (longest > 0 && longer > longest) {
                shorter = atLeastOne((double) longest * shorter / longer);
                longer = longest;
            }
            return height < width ? new ImageSize(shorter, longer) : new ImageSize(longer, shorter);
        }

        @Override
        public ResizeRule scaled(double factor) {
            return new ShortestEdge(scale(pixels, factor), longest == 0 ? 0 : scale(longest, factor));
        }

        @Override
        public String toString() {
            return "resize the shorter edge to " + pixels + (longest > 0 ? ", the longer to at most " + longest : "");
        }
    }

    /** The longer edge to a length, the shorter in proportion, rounded, as SAM's processor does. */
    record LongestEdge(int pixels) implements ResizeRule {
        @Override
        public ImageSize target(int height, int width) {
            double factor = (double) pixels / Math.max(height, width);
            return new ImageSize(atLeastOne(height * factor + 0.5), atLeastOne(width * factor + 0.5));
        }

        @Override
        public ResizeRule scaled(double factor) {
            return new LongestEdge(scale(pixels, factor));
        }

        @Override
        public String toString() {
            return "resize the longer edge to " + pixels;
        }
    }

    /**
     * The shorter edge to a length, the longer in proportion to at most 1333/800 of that, then both down to multiples of a
     * number, as ViLT has it.
     *
     * @param divisor of both edges
     */
    record ShortestEdgeMultiple(int pixels, int divisor) implements ResizeRule {
        private static final double LONGEST = 1333.0 / 800;

        @Override
        public ImageSize target(int height, int width) {
            double scale = (double) pixels / Math.min(height, width);
            double rows = height < width ? pixels : scale * height;
            double columns = height < width ? scale * width : pixels;
            int longest = (int) (LONGEST * pixels);
            double larger = Math.max(rows, columns);
            double shrink = larger > longest ? longest / larger : 1;
            ImageSize out = new ImageSize(multiple(shrink * rows), multiple(shrink * columns));
            if (out.height() == 0 || out.width() == 0) {
                throw new IllegalArgumentException("both edges must be at least " + divisor
                        + " pixels when the longer one has " + longest + ", got an image of " + height + " x " + width
                        + "; crop it to a less elongated one");
            }
            return out;
        }

        private int multiple(double length) {
            return (int) (length + 0.5) / divisor * divisor;
        }

        @Override
        public ResizeRule scaled(double factor) {
            return new ShortestEdgeMultiple(scale(pixels, factor), divisor);
        }

        @Override
        public String toString() {
            return "resize the shorter edge to " + pixels + ", the longer to at most " + (int) (LONGEST * pixels)
                    + ", both down to multiples of " + divisor;
        }
    }

    /**
     * In proportion so that the image covers a size or, with {@link Fit#INSIDE}, fits into it, as timm's
     * {@code ResizeKeepRatio} does.
     */
    record KeepRatio(int height, int width, Fit fit) implements ResizeRule {
        enum Fit {
            COVER,
            INSIDE
        }

        @Override
        public ImageSize target(int h, int w) {
            double rows = (double) h / height;
            double columns = (double) w / width;
            double ratio = fit == Fit.INSIDE ? Math.max(rows, columns) : Math.min(rows, columns);
            // Python's round: halves go to the even neighbor.
            return new ImageSize(atLeastOne(Math.rint(h / ratio)), atLeastOne(Math.rint(w / ratio)));
        }

        @Override
        public ResizeRule scaled(double factor) {
            return new KeepRatio(scale(height, factor), scale(width, factor), fit);
        }

        @Override
        public String toString() {
            return "resize in proportion to " + (fit == Fit.INSIDE ? "fit into " : "cover ") + height + " x " + width;
        }
    }
}
