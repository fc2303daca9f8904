/**
 * Which of several candidates is shown, when what is not shown is never learned about.
 *
 * <p>Concepts, in order: {@link dev.freshet.adaptation.exploration.Beliefs} say what is believed of
 * each candidate's score, either each for itself ({@link
 * dev.freshet.adaptation.exploration.IndependentBeliefs}) or through what is known of a user
 * ({@link dev.freshet.adaptation.exploration.TastePosterior}); a {@link
 * dev.freshet.adaptation.exploration.ChoicePolicy} turns them into propensities; a {@link
 * dev.freshet.adaptation.exploration.DrawSeed}, made of what the log has, decides; a {@link
 * dev.freshet.adaptation.exploration.Choice} is what goes into the log. Entry point: {@link
 * dev.freshet.adaptation.exploration.ChoicePolicy#choose}.
 *
 * <p>Nothing here has state or looks at a clock: the same beliefs and the same seed give the same
 * choice with the same propensity, bit for bit.
 */
@NullMarked
package dev.freshet.adaptation.exploration;

import org.jspecify.annotations.NullMarked;
