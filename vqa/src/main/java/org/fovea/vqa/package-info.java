/** Visual question answering (to come). */
package org.fovea.vqa;
