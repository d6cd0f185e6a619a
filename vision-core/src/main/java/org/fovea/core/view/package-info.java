/** Pictures of what a model saw: heat maps on images, alignment matrices, attention on graphs, panels of several. */
package org.fovea.core.view;
