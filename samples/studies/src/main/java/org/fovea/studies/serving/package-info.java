/** Models to measure a server with. */
package org.fovea.studies.serving;
