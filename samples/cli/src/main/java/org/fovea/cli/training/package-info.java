/** Training runs as files: recipes, metrics, charts and reports. */
package org.fovea.cli.training;
