package dev.freshet.trainer.training;

/**
 * How good a learner is on the held-out classes.
 *
 * @param accuracy share of all queries
 * @param logLoss −log of the true label's probability, mean over the tasks of the mean over a
 *     task's queries: what is minimised
 */
public record HeldOutScore(double accuracy, double logLoss) {}
