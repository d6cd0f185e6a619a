/** Parts that the tests of several packages share: cases for every operation, and comparisons that NaN fails. */
package org.fovea.core.testing;
