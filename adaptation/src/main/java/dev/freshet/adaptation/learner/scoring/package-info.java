/**
 * Learners whose targets are numbers and whose rows are items: a rating for an item, an order of
 * the catalogue. Each is a pair of graphs, as all learners are.
 *
 * <p>Concepts, in order: an {@link dev.freshet.adaptation.items.ItemLayout} says what a row holds;
 * a {@link dev.freshet.adaptation.learner.scoring.RidgeLearner} and those after it answer with a
 * number ({@link dev.freshet.adaptation.learner.scoring.GradientRowsLearner} and {@link
 * dev.freshet.adaptation.learner.scoring.HeadRowsLearner} by gradient steps over a network), a
 * {@link dev.freshet.adaptation.learner.scoring.CatalogueSoftmaxLearner} puts items in order; a
 * {@link dev.freshet.adaptation.learner.scoring.HeadedLearner} joins some of them over one support,
 * each with tensors trained for its own loss: {@link
 * dev.freshet.adaptation.learner.scoring.AbsoluteLoss} or {@link
 * dev.freshet.adaptation.learner.scoring.CatalogueLoss}. Entry point: {@link
 * dev.freshet.adaptation.learner.scoring.ScoringLearners}.
 *
 * <p>Nothing here runs a graph, or knows where items come from.
 */
@NullMarked
package dev.freshet.adaptation.learner.scoring;

import org.jspecify.annotations.NullMarked;
