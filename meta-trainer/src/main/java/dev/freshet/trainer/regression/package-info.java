/**
 * Multinomial logistic regression in plain Java and float64: the yardstick that every few-shot
 * learner has to beat.
 *
 * <p>Concepts, in order: a {@link dev.freshet.trainer.regression.LabelledRows} is what to fit;
 * entry point: {@link dev.freshet.trainer.regression.LogisticRegression}, which gives a {@link
 * dev.freshet.trainer.regression.FittedRegression}. Nothing here is random, and nothing depends on
 * the number of processors.
 */
@NullMarked
package dev.freshet.trainer.regression;

import org.jspecify.annotations.NullMarked;
