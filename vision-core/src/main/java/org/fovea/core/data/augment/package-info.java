/** Random changes to images that leave their class alone: crops, flips, colours, RandAugment, erasing. */
package org.fovea.core.data.augment;
