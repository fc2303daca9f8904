package dev.freshet.trainer.training;

/**
 * How good a learner is on the held-out classes.
 *
 * @param accuracy share of all queries; 0 where the learner gives numbers
 * @param logLoss −log of the true label's probability, or the squared error of a number, mean over
 *     the tasks of the mean over a task's queries: what is minimised
 */
public record HeldOutScore(double accuracy, double logLoss) {}
