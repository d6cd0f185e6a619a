/** The README's programs. */
package org.fovea.studies.quickstart;
