/**
 * Text written token by token: greedy, beam and sampling search with the options of Hugging Face transformers, over any model
 * that keeps its state in a session.
 */
package org.fovea.core.generate;
