/** Measures of answers to questions about images. */
package org.fovea.vqa.metric;
