/**
 * Text in and out of models: tokenizers as a checkpoint's own files describe them, over the reference's own engine.
 * Nothing here is loaded by a command that needs no text.
 */
package org.fovea.core.text;
