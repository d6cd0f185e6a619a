/** Visual question answering: a facade over models that answer questions about images. */
package org.fovea.vqa;
