/** The models that answer questions about images, as graphs. */
package org.fovea.vqa.model;
