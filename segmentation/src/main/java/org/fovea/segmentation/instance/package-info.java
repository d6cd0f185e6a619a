/** Objects from masks, and masks from objects. */
package org.fovea.segmentation.instance;
