/** The JSON files that lie beside a checkpoint's weights, read so that every error names file, key, rule and cure. */
package org.fovea.core.config;
