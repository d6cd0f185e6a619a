/**
 * Drawn scenes with everything that can be said about them: pictures of a few objects, captions, questions with answers,
 * masks, and a judge that tells whether a caption is true. Seeded, of any size, thousands a second.
 */
package org.fovea.core.data.scenes;
