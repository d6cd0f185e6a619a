/**
 * Random choices in a graph and how they learn: distributions to draw from ({@link org.fovea.core.policy.CategoricalPolicy}, {@link
 * org.fovea.core.policy.GaussianPolicy}), the random numbers they draw with, which are data ({@link org.fovea.core.policy.Noise}),
 * and the estimate of their derivative ({@link org.fovea.core.policy.PolicyGradient}).
 */
package org.fovea.core.policy;
