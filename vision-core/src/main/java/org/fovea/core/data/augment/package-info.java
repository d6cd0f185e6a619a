/** Random changes to images that leave their class alone: crops, flips, colors, RandAugment, erasing. */
package org.fovea.core.data.augment;
