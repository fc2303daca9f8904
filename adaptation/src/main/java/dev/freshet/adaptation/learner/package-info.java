/**
 * Meta-learning algorithms, each as a pair of graphs over a meta-learned initialisation.
 *
 * <p>A {@link dev.freshet.adaptation.learner.Setting} is a number a learner is built with, {@link
 * dev.freshet.adaptation.learner.Settings} a value for each; a {@link
 * dev.freshet.adaptation.learner.Head} is a kind of answer; {@link
 * dev.freshet.adaptation.learner.GraphContract} names what goes into the graphs and comes out.
 *
 * <p>{@link dev.freshet.adaptation.learner.Learners} knows them by name; {@link
 * dev.freshet.adaptation.learner.MetaGradient} writes the graph of an outer step; a {@link
 * dev.freshet.adaptation.learner.TrainedLearner} is what comes of many.
 *
 * <p>Start at {@link dev.freshet.adaptation.learner.Learner}, then {@link
 * dev.freshet.adaptation.learner.PrototypeLearner}. Nothing here runs a graph.
 */
@NullMarked
package dev.freshet.adaptation.learner;

import org.jspecify.annotations.NullMarked;
