/** Pictures of what a model saw: heat maps on images. */
package org.fovea.core.view;
