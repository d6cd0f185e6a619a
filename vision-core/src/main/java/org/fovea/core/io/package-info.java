/** Files: JSON read by one rule, files that appear whole or not at all, and the user's cache. Knows nothing of models. */
package org.fovea.core.io;
