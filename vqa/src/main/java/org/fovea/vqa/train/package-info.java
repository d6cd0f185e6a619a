/** Training of answerers on questions whose answers come from a list. */
package org.fovea.vqa.train;
